import { describe, expect, test } from 'vitest'
import { placeQuote, placeQuotes, proveClaims } from '../../src/domain/evidence.ts'
import type { Extraction, ProposedItem, Quote } from '../../src/domain/ports.ts'
import type { Line } from '../../src/domain/transcript/transcript.ts'

/** Three turns; the second came from two cues. */
const said = (no: number, speaker: string, ...cues: string[]): Line => {
  const text = cues.join(' ')
  const spans = cues.map((cue, i) => {
    const from = text.indexOf(cue)
    return { cue: no * 10 + i, from, to: from + cue.length }
  })
  return { no, speaker, start: null, end: null, text, spans }
}
const lines = [
  said(1, 'Ines', 'Could you send me the list of late orders?'),
  said(2, 'Tomasz', 'Sure, I’ll send “the list”', 'by Friday, all 14 of them.'),
  said(3, 'Ines', 'Agreed.'),
]
const ground = {
  lines,
  roster: { manager: { label: 'Ines', name: 'Ines Calder' }, report: null, labels: ['Ines', 'Tomasz'] },
  openItems: [{ id: 'open', text: 'Call the electrician', owner: null }],
}
const quote: Quote = { line: 2, quote: 'I’ll send “the list” by Friday' }
const item: ProposedItem = {
  text: 'Send the list of late orders',
  owner: 'Tomasz',
  duePhrase: 'by Friday',
  kind: 'commitment',
  confidence: 0.8,
  evidence: [quote],
}
const nothing: Extraction = {
  actionItems: [],
  decisions: [],
  roadblocks: [],
  updates: [],
  feedback: [],
  growth: [],
  talk: [],
}
const prove = (changes: Partial<ProposedItem>) => {
  const { proven, dropped } = proveClaims({ ...nothing, actionItems: [{ ...item, ...changes }] }, ground)
  return { item: proven.actionItems[0], dropped }
}

describe('a claim', () => {
  test('passes with words that stand there, and the cues they came from', () => {
    const { item: proven, dropped } = prove({})
    expect(dropped).toBe(0)
    expect(proven).toEqual({ ...item, evidence: [{ ...quote, cues: [20, 21] }] })
  })

  test.each<[string, Partial<ProposedItem>]>([
    ['without a quote', { evidence: [] }],
    ['with words that nobody said', { evidence: [{ line: 2, quote: 'I promise to send the list' }] }],
    ['with words of another line', { evidence: [{ line: 1, quote: quote.quote }] }],
    ['with words of a line that is not there', { evidence: [{ line: 9, quote: quote.quote }] }],
    [
      'with one quote that stands and one that does not',
      { evidence: [quote, { line: 3, quote: 'Agreed, yes.' }] },
    ],
    ['with words that prove nothing', { evidence: [{ line: 2, quote: 'Friday,' }] }],
    ['with words left out of the middle', { evidence: [{ line: 2, quote: 'I’ll send all 14 of them' }] }],
    ['with a number that its words do not have', { text: 'Send the list of 15 late orders' }],
    ['with half of a number', { text: 'Send the 1 list', evidence: [{ line: 2, quote: 'all 14 of them' }] }],
    ['that says nothing', { text: ' ' }],
  ])('%s is dropped', (_, changes) => {
    expect(prove(changes)).toEqual({ item: undefined, dropped: 1 })
  })

  test('may have a short answer beside a quote that proves it', () => {
    expect(prove({ evidence: [quote, { line: 3, quote: 'Agreed' }] }).item?.evidence).toHaveLength(2)
  })

  test('may name a number that its words have', () => {
    const evidence = [{ line: 2, quote: 'by Friday, all 14 of them' }]
    expect(prove({ text: 'Send all 14', evidence }).item?.text).toBe('Send all 14')
  })

  test('keeps neither a due phrase nor an owner that was not said', () => {
    expect(prove({ duePhrase: 'by Monday' }).item?.duePhrase).toBeNull()
    expect(prove({ owner: 'Mallory' }).item?.owner).toBeNull()
    expect(prove({ owner: 'Ines Calder' }).item?.owner).toBe('Ines Calder')
  })

  test('about an earlier item is about one that was handed in', () => {
    const update = { status: 'done', duePhrase: null, confidence: 1, evidence: [quote] } as const
    const updates = ['open', 'invented'].map(id => ({ ...update, item: id }))
    const { proven, dropped } = proveClaims({ ...nothing, updates }, ground)
    expect([proven.updates.map(one => one.item), dropped]).toEqual([['open'], 1])
  })
})

describe('a quote', () => {
  test('may differ in case, width, dashes, quotation marks and white space, and is kept as it was said', () => {
    const line = said(4, 'Ines', 'The “Ａ‑team”  — we’ll  ask them', 'next week.')
    const placed = placeQuote({ line: 4, quote: 'the "a-team" - we\'ll ask THEM' }, line)
    expect(placed).toEqual({ line: 4, quote: 'The “Ａ‑team”  — we’ll  ask them', cues: [40, 40] })
  })

  test('may be short where it is all that was said', () => {
    expect(placeQuotes([{ line: 3, quote: 'Agreed.' }], lines)).toHaveLength(1)
    expect(placeQuotes([{ line: 1, quote: 'Could' }], lines)).toEqual([])
  })

  test('of nothing stands nowhere', () => {
    for (const empty of ['', '   ', '“”'])
      expect(placeQuotes([{ line: 1, quote: empty }], lines), JSON.stringify(empty)).toEqual([])
  })
})

test('talk holds each line once, whatever the coach says', () => {
  const talk = [
    { fromLine: 2, toLine: 9, label: 'status' },
    { fromLine: 2, toLine: 2, label: 'logistics' },
    { fromLine: 3, toLine: 3, label: 'growth' },
    { fromLine: 8, toLine: 9, label: 'rapport' },
  ] as const
  const { proven } = proveClaims({ ...nothing, talk }, ground)
  expect(proven.talk).toEqual([
    { fromLine: 1, toLine: 2, label: 'status' },
    { fromLine: 3, toLine: 3, label: 'growth' },
  ])
})
