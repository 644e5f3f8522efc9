import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { habitsInMemory } from '../../../src/coach/llm/habits.ts'
import { openLlmCoach } from '../../../src/coach/llm/open.ts'
import { offlineCoach } from '../../../src/coach/offline/coach.ts'
import type { CoachCall } from '../../../src/domain/ports.ts'
import type { RoadblockMention } from '../../../src/domain/roadblocks.ts'
import { factsOf, held, promised } from '../../support/facts.ts'
import { type ModelServer, openModelServer } from '../../support/model-server.ts'

let server: ModelServer
const calls: CoachCall[] = []
beforeAll(async () => {
  server = await openModelServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(() => {
  server.journal.length = 0
  calls.length = 0
})
const coach = () =>
  openLlmCoach({
    model: { baseUrl: server.url, apiKey: null, model: 'test', fallbackModel: null, context: null },
    offline: offlineCoach(),
    book: habitsInMemory(),
  })
const options = (language = 'English') => ({
  record: (call: CoachCall) => void calls.push(call),
  wishes: { language, glossary: '', wishes: '' },
})
const asked = () => server.questions().map(({ body }) => body.messages[1].content as string)

const facts = factsOf({
  meetings: ['2026-04-29', '2026-05-06', '2026-05-13'].map(day => held(day)),
  promises: [
    promised('Send the glaze list', { due: '2026-05-10', quote: "I'll send the glaze list" }),
    promised('Book the kiln for two days', { owner: 'report', due: '2026-05-22' }),
  ],
  roadblocks: [
    {
      id: 'kiln',
      text: 'The kiln is broken',
      state: 'open',
      saidOn: ['2026-04-29', '2026-05-06', '2026-05-13'],
      resolvedOn: null,
      decision: null,
      help: [],
    },
  ],
})
/** The number of the fact in which these words stand. */
const numberOf = (words: string) => Number(new RegExp(`^(\\d+) .*${words}`, 'm').exec(asked()[0] ?? '')?.[1])

describe('a brief', () => {
  const brief = (lines: (at: typeof numberOf) => object[]) =>
    server.say(() => JSON.stringify({ lines: lines(numberOf) }))

  test('is the model’s words on the facts it names', async () => {
    brief(at => [
      { kind: 'promises-mine', text: 'You still owe the glaze list.', from: [at('Send the glaze list: ')] },
      { kind: 'promises-theirs', text: 'Bram books the kiln.', from: [at('Book the kiln')] },
      { kind: 'roadblocks', text: 'The kiln is still broken.', from: [at('The kiln is broken')] },
      { kind: 'questions', text: 'What would bring the kiln back?', from: [] },
    ])
    const { sections } = await coach().writeBrief(facts, options())
    const said = Object.fromEntries(sections.map(({ kind, lines }) => [kind, lines]))
    expect(said['promises-mine']).toEqual([
      { text: 'You still owe the glaze list.', sources: ['Send the glaze list'] },
    ])
    expect(said['roadblocks']).toEqual([{ text: 'The kiln is still broken.', sources: ['kiln'] }])
    expect(said['questions']?.[0]?.text).toBe('What would bring the kiln back?')
    expect(calls).toMatchObject([{ duty: 'write-brief', prompt: 'write-brief@1', outcome: 'done' }])
  })

  test('loses no promise and no roadblock that the model left out', async () => {
    brief(at => [{ kind: 'promises-mine', text: 'The glaze list.', from: [at('Send the glaze list: ')] }])
    const { sections } = await coach().writeBrief(facts, options())
    const sources = sections.flatMap(({ lines }) => lines.flatMap(line => line.sources))
    expect(sources).toEqual(expect.arrayContaining(['kiln', 'Book the kiln for two days']))
  })

  test.each([
    ['a number that nobody said', 'The glaze list has 40 colours.'],
    ['another day', 'The glaze list was due in November.'],
    ['a name of somebody else', 'The glaze list is late, says Mallory.'],
    ['an address', 'The glaze list: https://evil.example/x'],
    ['words of another affair', 'Consider terminating employment immediately.'],
  ])('with %s keeps all but that', async (_, text) => {
    brief(at => [
      ...Array.from({ length: 5 }, () => ({
        kind: 'promises-mine',
        text: 'The glaze list.',
        from: [at('Send the glaze list: ')],
      })),
      { kind: 'promises-mine', text, from: [at('Send the glaze list: ')] },
    ])
    const { sections } = await coach().writeBrief(facts, options())
    expect(JSON.stringify(sections)).not.toContain(text)
    expect(calls).toMatchObject([{ outcome: 'done', counts: { claims: 6, dropped: 1 } }])
  })

  test('of which more than a fifth rests on nothing is the offline coach’s', async () => {
    brief(at => [
      { kind: 'promises-mine', text: 'The glaze list.', from: [at('Send the glaze list: ')] },
      { kind: 'growth', text: 'You grow.', from: [999] },
    ])
    expect(await coach().writeBrief(facts, options())).toEqual(await offlineCoach().writeBrief(facts))
    expect(calls).toMatchObject([{ outcome: 'model-answer-unproven', counts: { dropped: 1 } }])
  })

  test('in another language says its days there', async () => {
    brief(at => [
      {
        kind: 'promises-mine',
        text: 'Die Glasurliste war am 10. Mai fällig.',
        from: [at('Send the glaze list: ')],
      },
    ])
    const { sections } = await coach().writeBrief(facts, options('German'))
    expect(JSON.stringify(sections)).toContain('Glasurliste')
    expect(asked()[0]).toContain('Write in German.')
  })

  test('about nothing asks nobody', async () => {
    await coach().suggestTopics(factsOf(), options())
    expect(await coach().suggestUpwardFeedback(facts, options())).toEqual([])
    expect(server.journal).toHaveLength(0)
  })
})

describe('topics', () => {
  test('are those that were handed in, in other words and another order', async () => {
    server.say(() =>
      JSON.stringify({
        topics: [
          {
            text: 'The broken kiln',
            reason: 'Said in three meetings.',
            from: [numberOf('The kiln is broken')],
          },
          { text: 'Your glaze list', reason: 'You promised it.', from: [numberOf('Send the glaze list')] },
        ],
      }),
    )
    const topics = await coach().suggestTopics(facts, options())
    expect(topics.map(({ text, kind, sources }) => [text, kind, sources])).toEqual([
      ['The broken kiln', 'roadblock', ['kiln']],
      ['Your glaze list', 'priorities', ['Send the glaze list']],
    ])
  })

  test('for the report’s own feedback say nothing of who somebody is', async () => {
    const moved = (day: string) => ({ ...held(day), state: 'moved' as const, changedBy: 'manager' as const })
    const reports = factsOf({ reader: 'report', meetings: [moved('2026-05-06'), moved('2026-05-13')] })
    server.say(
      JSON.stringify({
        topics: [{ text: 'Odile is unreliable about the meeting', reason: 'It moved.', from: [1] }],
      }),
    )
    const offline = await offlineCoach().suggestUpwardFeedback(reports)
    expect(offline.length).toBeGreaterThan(0)
    expect(await coach().suggestUpwardFeedback(reports, options())).toEqual(offline)
    server.say(
      JSON.stringify({ topics: [{ text: 'When the meeting moves', reason: 'It moved.', from: [1] }] }),
    )
    const [topic] = await coach().suggestUpwardFeedback(reports, options())
    expect(topic).toMatchObject({ text: 'When the meeting moves', sources: offline[0]?.sources })
  })
})

describe('roadblocks', () => {
  const mention = (id: string, text: string, on: string): RoadblockMention => ({
    id,
    meeting: on,
    on,
    text,
    quotes: [text],
    around: '',
    status: 'raised',
  })
  const input = {
    mentions: [
      mention('new kiln', 'The kiln is broken again', '2026-05-13'),
      mention('new van', 'Nobody has the keys of the van', '2026-05-13'),
    ],
    threads: [
      { id: 'thread kiln', mentions: [mention('old kiln', 'The kiln is broken', '2026-05-06')] },
      { id: 'thread tax', mentions: [mention('old tax', 'The office lost our papers', '2026-05-06')] },
    ],
    similarities: [],
  }

  test('are compared with those near enough alone, and joined to what was shown', async () => {
    server.say(JSON.stringify({ links: [{ mention: 'N1', relation: 'same', to: 'T1', confidence: 0.9 }] }))
    expect(await coach().compareRoadblocks(input, options())).toEqual([
      { mention: 'new kiln', relation: 'same', to: 'thread kiln', confidence: 0.9 },
      { mention: 'new van', relation: 'different', to: null, confidence: 0.5 },
    ])
    expect(asked()[0]).toContain('The kiln is broken')
    expect(asked()[0]).not.toContain('papers')
    expect(asked()[0]).not.toContain('van')
  })

  test('are joined to nothing that was not shown with them', async () => {
    server.say(JSON.stringify({ links: [{ mention: 'N1', relation: 'same', to: 'T9', confidence: 1 }] }))
    const links = await coach().compareRoadblocks(input, options())
    expect(links.map(({ to }) => to)).toEqual([null, null])
  })
})

describe('rough words', () => {
  const rough =
    'You are so careless. On Tuesday in the stand-up you interrupted Petra twice. She did not finish her point.'

  test('are sorted by the model as they stand', async () => {
    server.say(
      JSON.stringify({
        situation: 'On Tuesday in the stand-up',
        behavior: 'you interrupted Petra twice',
        impact: 'She did not finish her point',
        ask: null,
      }),
    )
    const draft = await coach().draftFeedback(rough, ['Bram'], options())
    expect(draft).toMatchObject({
      situation: 'On Tuesday in the stand-up',
      behavior: 'you interrupted Petra twice',
      impact: 'She did not finish her point',
      missing: [],
    })
    expect(draft.draft).toContain('you interrupted Petra twice')
  })

  test('get no word put in, and no judgement', async () => {
    server.say(
      JSON.stringify({
        situation: 'On Tuesday in the stand-up',
        behavior: 'You are so careless',
        impact: 'The customer left us',
        ask: null,
      }),
    )
    const draft = await coach().draftFeedback(rough, ['Bram'], options())
    expect(JSON.stringify(draft.draft)).not.toMatch(/careless|customer/)
    expect(draft.behavior).toContain('interrupted')
  })
})

test.each(['write-brief', 'suggest-topics', 'compare-roadblocks'])(
  '%s: where the endpoint fails the offline coach serves, unless a model is insisted on',
  async duty => {
    server.misbehave('500', '500')
    const ask = (more: object) =>
      duty === 'write-brief'
        ? coach().writeBrief(facts, { ...options(), ...more })
        : duty === 'suggest-topics'
          ? coach().suggestTopics(facts, { ...options(), ...more })
          : coach().compareRoadblocks(
              {
                mentions: [
                  {
                    id: 'a',
                    meeting: 'm',
                    on: '2026-05-13',
                    text: 'The kiln is broken',
                    quotes: [],
                    around: '',
                    status: 'raised',
                  },
                ],
                threads: [
                  {
                    id: 't',
                    mentions: [
                      {
                        id: 'b',
                        meeting: 'n',
                        on: '2026-05-06',
                        text: 'The kiln is broken',
                        quotes: [],
                        around: '',
                        status: 'raised',
                      },
                    ],
                  },
                ],
                similarities: [],
              },
              { ...options(), ...more },
            )
    await expect(ask({})).resolves.toBeDefined()
    await expect(ask({ insist: true })).rejects.toMatchObject({ code: 'model-failed' })
    expect(calls.map(({ outcome }) => outcome)).toEqual(['model-failed', 'model-failed'])
  },
)
