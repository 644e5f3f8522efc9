import type { ExtractInput, Participant, Roster } from '../../domain/ports.ts'
import { plainWords } from './words.ts'
import { utterances, type Utterance } from './utterances.ts'

/** One meeting as the finders see it. */
export interface Meeting {
  readonly utterances: readonly Utterance[]
  readonly roster: Roster
  /** Labels that speak, the one with most words first. */
  readonly speakers: readonly string[]
  /** Two people talk and everything said is theirs; or nobody knows who says what. */
  readonly pair: boolean
  /** Each speaker's share of the words, 0–1. */
  readonly share: ReadonlyMap<string, number>
  /** Ways to say each label: the full label, and a first or last name that no other label has. */
  readonly names: readonly { readonly label: string; readonly tokens: readonly string[] }[]
}

/** A voice with less than this share of the words is a passer-by: a pair stays a pair. */
const passerBy = 0.02

/** Lines cut into utterances, with who speaks how much and what each is called. */
export function meetingOf(input: Pick<ExtractInput, 'lines' | 'roster'>): Meeting {
  const all = utterances(input.lines)
  const counts = new Map<string, number>()
  let total = 0
  let nobody = 0
  for (const utterance of all) {
    total += utterance.words.length
    if (utterance.speaker === null) nobody += utterance.words.length
    else counts.set(utterance.speaker, (counts.get(utterance.speaker) ?? 0) + utterance.words.length)
  }
  const speakers = [...counts.keys()].toSorted((a, b) => counts.get(b)! - counts.get(a)!)
  const share = new Map(speakers.map(label => [label, counts.get(label)! / Math.max(1, total)]))
  const voices = speakers.filter(label => share.get(label)! >= passerBy)
  return {
    utterances: all,
    roster: input.roster,
    speakers,
    // A file without speakers is read as a talk of two: that is what it was uploaded as.
    pair: voices.length === 0 || (voices.length === 2 && nobody <= total * passerBy),
    share,
    names: namesOf(input.roster, speakers),
  }
}

function namesOf(roster: Roster, speakers: readonly string[]) {
  const labels = [...new Set([...roster.labels, ...speakers])]
  const full = labels.map(label => ({ label, tokens: tokensOf(label) }))
  for (const participant of [roster.manager, roster.report]) {
    if (participant !== null) full.push({ label: participant.label, tokens: tokensOf(participant.name) })
  }
  const names = full.filter(({ tokens }) => tokens.length > 0)
  const owners = new Map<string, Set<string>>()
  for (const { label, tokens } of full) {
    for (const token of tokens) owners.set(token, (owners.get(token) ?? new Set()).add(label))
  }
  for (const { label, tokens } of full) {
    const first = tokens[0]
    if (tokens.length < 2 || first === undefined || first.length < 3 || ordinary.has(first)) continue
    if (owners.get(first)!.size === 1) names.push({ label, tokens: [first] })
  }
  return names.toSorted((a, b) => b.tokens.length - a.tokens.length)
}

/** First words of labels that are not names. */
const ordinary = new Set(
  'speaker user guest the project product sales team host participant unknown person'.split(' '),
)
const tokensOf = (label: string) => plainWords(label.replaceAll(/\([^()]*\)/g, ' ')).map(word => word.text)

/** The label of the one other person, in a pair. */
export function otherThan(meeting: Meeting, speaker: string | null): string | null {
  if (!meeting.pair || speaker === null) return null
  return meeting.speakers.slice(0, 2).find(label => label !== speaker) ?? null
}

/** What `owner` becomes for a label: the mapped name, else the label itself. */
export function nameOf(meeting: Meeting, label: string): string {
  return participantOf(meeting, label)?.name ?? label
}

function participantOf({ roster }: Meeting, label: string): Participant | null {
  if (roster.manager?.label === label) return roster.manager
  if (roster.report?.label === label) return roster.report
  return null
}

/** Which half a label is; null while nobody has said. */
export function roleOf({ roster }: Meeting, label: string | null): 'manager' | 'report' | null {
  if (label === null) return null
  if (roster.manager?.label === label) return 'manager'
  return roster.report?.label === label ? 'report' : null
}

/** Who is named in the utterance, in order, with the position of the first word of the name. */
export function namedIn(
  meeting: Meeting,
  utterance: Utterance,
): { label: string; at: number; length: number }[] {
  const found: { label: string; at: number; length: number }[] = []
  const words = utterance.words
  for (let i = 0; i < words.length; i++) {
    const hit = meeting.names.find(({ tokens }) =>
      tokens.every((token, k) => bare(words[i + k]?.text) === token),
    )
    if (hit === undefined) continue
    found.push({ label: hit.label, at: i, length: hit.tokens.length })
    i += hit.tokens.length - 1
  }
  return found
}

const bare = (word: string | undefined) =>
  word?.endsWith("'s") || word?.endsWith("'ll") ? word.replace(/'(?:s|ll)$/, '') : word
