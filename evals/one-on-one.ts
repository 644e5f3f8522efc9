import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Participant, Quote, Roster } from '../src/domain/ports.ts'
import type { Line } from '../src/domain/transcript/transcript.ts'
import { contentStems, overlap, plainWords } from '../src/coach/offline/words.ts'

/** What a careful reader marked under a line of a written one-on-one. */
export interface GoldMark {
  readonly kind: 'action' | 'decision' | 'roadblock' | 'feedback' | 'growth'
  /** The line the mark stands under, counted from 1. */
  readonly line: number
  /** Owner of an action, status of a roadblock, direction of feedback. */
  readonly who: string | null
  readonly text: string
  readonly due: string | null
}

export interface OneOnOne {
  readonly id: string
  readonly lines: readonly Line[]
  readonly roster: Roster
  readonly gold: readonly GoldMark[]
}

/** Reads every `.txt` of a folder: `Name: words`, and `> kind who | text | due` under the line it is about. */
export function readOneOnOnes(folder: string): OneOnOne[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .toSorted()
    .map(name => parseOneOnOne(name.slice(0, -4), readFileSync(join(folder, name), 'utf8')))
}

export function parseOneOnOne(id: string, text: string): OneOnOne {
  const lines: Line[] = []
  const gold: GoldMark[] = []
  let manager: Participant | null = null
  let report: Participant | null = null
  for (const row of text.split('\n')) {
    if (row.startsWith('# manager: ')) manager = person(row.slice(11))
    else if (row.startsWith('# report: ')) report = person(row.slice(10))
    else if (row.startsWith('> ')) gold.push(mark(row.slice(2), lines.length))
    else if (row.includes(': ')) lines.push(lineOf(row, lines.length))
  }
  const labels = [...new Set(lines.map(line => line.speaker!))]
  return { id, lines, gold, roster: { manager, report, labels } }
}

const person = (name: string): Participant => ({ label: name.trim(), name: name.trim() })

function lineOf(row: string, cue: number): Line {
  const at = row.indexOf(': ')
  const text = row.slice(at + 2).trim()
  return {
    no: cue + 1,
    speaker: row.slice(0, at),
    start: null,
    end: null,
    text,
    spans: [{ cue, from: 0, to: text.length }],
  }
}

function mark(row: string, line: number): GoldMark {
  const [head = '', text = '', due = null] = row.split(' | ').map(part => part.trim())
  const [kind = '', ...who] = head.split(' ')
  return { kind: kind as GoldMark['kind'], line, who: who.length === 0 ? null : who.join(' '), text, due }
}

interface Claim {
  readonly text: string
  readonly evidence: readonly Quote[]
  readonly who: string | null
}

export interface Matched {
  readonly pairs: readonly { readonly gold: GoldMark; readonly claim: Claim }[]
  readonly missed: readonly GoldMark[]
  readonly extra: readonly Claim[]
}

/**
 * One claim to one mark, the closest wording first. They meet when the claim rests on the marked
 * line, or on a line at most two away while sharing a third of the words that carry the subject.
 */
export function match(gold: readonly GoldMark[], claims: readonly Claim[]): Matched {
  const scored = claims.flatMap(claim =>
    gold.flatMap(marked => {
      const away = Math.min(...claim.evidence.map(({ line }) => Math.abs(line - marked.line)))
      const alike = overlap(stems(claim.text), stems(marked.text))
      if (away > 2 || (away > 0 && alike < 0.34)) return []
      return [{ claim, gold: marked, score: alike + (away === 0 ? 1 : 0) }]
    }),
  )
  const pairs: { gold: GoldMark; claim: Claim }[] = []
  for (const pair of scored.toSorted((a, b) => b.score - a.score)) {
    if (pairs.some(taken => taken.gold === pair.gold || taken.claim === pair.claim)) continue
    pairs.push({ gold: pair.gold, claim: pair.claim })
  }
  return {
    pairs,
    missed: gold.filter(marked => !pairs.some(pair => pair.gold === marked)),
    extra: claims.filter(claim => !pairs.some(pair => pair.claim === claim)),
  }
}

const stems = (text: string) => contentStems(plainWords(text))
