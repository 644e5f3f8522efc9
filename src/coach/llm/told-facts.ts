import type { Brief, BriefFacts, BriefKind, Topic } from '../../domain/brief-facts.ts'
import { writeBrief } from '../../domain/brief.ts'
import { wordsStand } from '../../domain/claim-words.ts'
import { failure } from './failures.ts'
import { knownWords } from './foreign.ts'
import { harmless } from './spoken.ts'

/** A fact under its number in one question: the model never sees a real id. */
export interface ToldLine {
  readonly no: number
  readonly kind: BriefKind | null
  readonly text: string
  readonly sources: readonly string[]
}

/** What the model writes of them, each with the numbers it rests on. */
interface Written {
  readonly text: string
  readonly from: readonly number[]
}

/** Somebody's own words, or words that are to stay as they are: in English they need no model. */
const verbatim: ReadonlySet<BriefKind> = new Set(['opening', 'feedback', 'own-notes', 'not-known'])

/** The lines of the offline brief that no model is shown. */
export const untoldBrief = (facts: BriefFacts, language: string): Brief['sections'] =>
  language === 'English' ? writeBrief(facts).sections.filter(({ kind }) => verbatim.has(kind)) : []

/** The facts that fit one page: what the offline brief would say, without its questions. About 25 tokens a line. */
export const toldBrief = (facts: BriefFacts, language: string): ToldLine[] =>
  writeBrief(facts)
    .sections.filter(({ kind }) => kind !== 'questions' && !(language === 'English' && verbatim.has(kind)))
    .flatMap(({ kind, lines }) => lines.map(line => ({ ...line, kind })))
    .map((line, index) => ({ ...line, no: index + 1 }))

export const toldTopics = (topics: readonly Topic[]): ToldLine[] =>
  topics.map(({ text, reason, sources }, index) => ({
    no: index + 1,
    kind: null,
    text: `${text} (${reason})`,
    sources,
  }))

/** One line a fact; the kind once, above its own. */
export const inLines = (told: readonly ToldLine[]): string =>
  told
    .flatMap(({ no, kind, text }, index) => [
      ...(kind !== null && kind !== told[index - 1]?.kind ? [`${kind}:`] : []),
      `${no} ${harmless(text)}`,
    ])
    .join('\n')

export interface Ground {
  readonly told: readonly ToldLine[]
  readonly facts: Pick<BriefFacts, 'names' | 'today'>
  readonly language: string
  readonly glossary: string
}

/**
 * Whether a written line says no more than the facts it names: they were handed in; its figures, days
 * and addresses are theirs; names and, in English, words are of these facts.
 */
export const standsOn = ({ told, facts, language, glossary }: Ground) => {
  const byNumber = new Map(told.map(line => [line.no, line]))
  const names = [facts.names.manager, facts.names.report]
  const known = knownWords(told, { manager: null, report: null, labels: names }, [glossary])
  return ({ text, from }: Written, mayBeBare = false): boolean => {
    const lines = from.map(no => byNumber.get(no))
    if (text.trim() === '' || text.length > 400 || lines.includes(undefined)) return false
    if (from.length === 0 && !mayBeBare) return false
    const said = (from.length === 0 ? told : lines).map(line => line?.text ?? '').join('\n')
    const ofThese = from.length === 0 ? known.touches(text) : known.holds(text)
    const quote = inOtherTongues(`${said}\n${facts.today}`)
    return wordsStand(text, [{ line: 0, quote, cues: [0, 0] }]) && (language !== 'English' || ofThese)
  }
}

/** The ids behind the numbers, each once. */
export const sourcesOf = (told: readonly ToldLine[], from: readonly number[]): string[] => [
  ...new Set(told.filter(({ no }) => from.includes(no)).flatMap(({ sources }) => sources)),
]

/** More than this share thrown away, and the rest is not believed either. */
const mostDropped = 0.2

/** What stands; refuses all of it where too little does. */
export const believed = <One>(written: readonly One[], stands: (one: One) => boolean) => {
  const kept = written.filter(stands)
  const counts = { claims: written.length, dropped: written.length - kept.length }
  if (counts.dropped / Math.max(written.length, 1) > mostDropped)
    throw failure('model-answer-unproven', counts)
  return { kept, counts }
}

const tongues = ['de', 'fr', 'es', 'it', 'nl', 'pt']
const dayWordsIn = (tongue: string): string[] =>
  [
    ...Array.from({ length: 12 }, (_, month) => ({ month: 'long' as const, at: Date.UTC(2024, month, 15) })),
    ...Array.from({ length: 7 }, (_, day) => ({ weekday: 'long' as const, at: Date.UTC(2024, 0, 1 + day) })),
  ].map(({ at, ...what }) => new Intl.DateTimeFormat(tongue, { ...what, timeZone: 'UTC' }).format(at))
const english = dayWordsIn('en')
const translated = tongues.map(dayWordsIn)

/** The facts tell months and days in English; said in another language they are the same days. */
const inOtherTongues = (said: string): string =>
  [
    said,
    ...english.flatMap((word, index) =>
      said.includes(word) || said.includes(word.slice(0, 3)) ? translated.map(words => words[index]) : [],
    ),
    ...english.filter(word => said.includes(word.slice(0, 3))),
  ].join('\n')
