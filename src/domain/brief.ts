import type { Side } from './api/common.ts'
import type {
  Brief,
  BriefFacts,
  BriefKind,
  BriefLine,
  BriefSection,
  FactPromise,
  FactRoadblock,
} from './brief-facts.ts'
import { briefKinds } from './brief-facts.ts'
import { briefQuestions } from './brief-questions.ts'
import { counted, daysBetween, daysWords, dayWords, dueWords } from './day-words.ts'
import { isNeglected, lastHeld, longOpen, mostPressing, otherSide, quoted, unanswered } from './pair-facts.ts'

/** What fits on one page of A4 beside its headings. */
const most: Readonly<Record<BriefKind, number>> = {
  'since-last': 6,
  opening: 1,
  'promises-mine': 8,
  'promises-theirs': 8,
  roadblocks: 4,
  growth: 2,
  feedback: 2,
  questions: 3,
  'own-notes': 2,
  'not-known': 3,
}

/** The page for the reader of these facts, in plain words; says nothing that they do not. */
export const writeBrief = (facts: BriefFacts): Brief => {
  const sections: BriefSection[] = briefKinds.flatMap(kind => {
    const lines = cut(kind, writers[kind](facts))
    return lines.length === 0 ? [] : [{ kind, lines }]
  })
  return { sections, confidence: confidenceOf(facts) }
}

/** By meetings that were read: after one there is little to say, after four a past to speak of. */
const confidenceOf = ({ meetings }: BriefFacts): Brief['confidence'] => {
  const read = meetings.filter(({ state, talk }) => state === 'held' && talk !== null).length
  return read < 2 ? 'not-enough-data' : read < 4 ? 'low' : 'high'
}

const cut = (kind: BriefKind, lines: readonly BriefLine[]): BriefLine[] => {
  const room = most[kind]
  if (lines.length <= room || !kind.startsWith('promises')) return lines.slice(0, room)
  const rest = lines.slice(room - 1)
  return [
    ...lines.slice(0, room - 1),
    {
      text: `And ${rest.length} more, in the list of promises.`,
      sources: rest.flatMap(({ sources }) => sources),
    },
  ]
}

const sinceLast = (facts: BriefFacts): BriefLine[] => {
  const { today } = facts
  const last = lastHeld(facts)
  if (!last) return []
  const since = (day: string | null) => day !== null && day >= last.day
  return [
    ...facts.promises
      .filter(({ state, closedOn }) => state === 'done' && since(closedOn))
      .map(promise => ({
        text: `Done, by ${by(facts, promise.owner)}: ${promise.text}`,
        sources: [promise.id],
      })),
    ...facts.roadblocks
      .filter(({ state, resolvedOn }) => state === 'resolved' && since(resolvedOn))
      .map(({ id, text }) => ({ text: `No longer in the way: ${quoted(text)}`, sources: [id] })),
    ...facts.decisions
      .filter(({ on }) => since(on))
      .map(({ id, text, on }) => ({ text: `Decided on ${dayWords(on, today)}: ${text}`, sources: [id] })),
    ...facts.promises
      .filter(({ state, closedOn }) => state === 'dropped' && since(closedOn))
      .map(promise => ({ text: `Dropped: ${promise.text}`, sources: [promise.id] })),
    ...facts.meetings
      .filter(({ state, day }) => state !== 'held' && day > last.day)
      .map(({ id, day, state, changedBy }) => ({
        text: `The meeting on ${dayWords(day, today)} was ${state}${changedBy ? `, by ${by(facts, changedBy)}` : ''}.`,
        sources: [id],
      })),
  ]
}

/** Taken only from the manager's own missed promise, and only for the manager's eyes. */
const opening = (facts: BriefFacts): BriefLine[] => {
  if (facts.reader !== 'manager') return []
  const missed = mostPressing(facts, 'manager')
  if (!missed) return []
  const said = `You said on ${dayWords(missed.saidOn, facts.today)}: ${quoted(missed.quote ?? missed.text)}`
  const state = isNeglected(facts, missed)
    ? `Still open after ${counted(longOpen(facts, missed), 'meeting')}.`
    : `${sentenceCase(dueWords(missed.due, facts.today))}, and still open.`
  return [{ text: `${said} ${state} You could begin with that.`, sources: [missed.id] }]
}

const promisesOf = (facts: BriefFacts, owner: Side): BriefLine[] =>
  openOf(facts, owner).map(promise => ({
    // When it was said stands in its source; where no date was said, it is all there is.
    text: `${withoutStop(promise.text)}: ${promise.due === null ? `promised on ${dayWords(promise.saidOn, facts.today)}, ` : ''}${dueWords(promise.due, facts.today)}.`,
    sources: [promise.id],
  }))

/** What is late first, then by day, then what has no day, the newest first. */
const openOf = ({ promises }: BriefFacts, owner: Side | null): FactPromise[] =>
  promises
    .filter(promise => promise.state === 'open' && promise.owner === owner)
    .toSorted((a, b) =>
      a.due === null || b.due === null
        ? Number(a.due === null) - Number(b.due === null) || b.saidOn.localeCompare(a.saidOn)
        : a.due.localeCompare(b.due),
    )

const roadblocks = (facts: BriefFacts): BriefLine[] =>
  facts.roadblocks
    .filter(({ state }) => state === 'open')
    .toSorted(
      (a, b) =>
        b.saidOn.length - a.saidOn.length || (b.saidOn.at(-1) ?? '').localeCompare(a.saidOn.at(-1) ?? ''),
    )
    .map(roadblock => ({
      text: `${quoted(roadblock.text)} ${saidWords(roadblock, facts.today)} ${decisionWords(facts, roadblock)}`.trim(),
      sources: [roadblock.id],
    }))

const saidWords = ({ saidOn }: FactRoadblock, today: string): string =>
  saidOn.length > 3
    ? `Said in ${counted(saidOn.length, 'meeting')} since ${dayWords(saidOn[0] ?? today, today)}.`
    : `Said on ${daysWords(saidOn, today)}.`

const decisionWords = (facts: BriefFacts, { decision, saidOn }: FactRoadblock): string => {
  if (decision === null) return saidOn.length < 2 ? '' : 'It needs a decision: remove, accept or escalate.'
  const choice = { remove: 'to be removed', accept: 'accepted for now', escalate: 'to be escalated' }[
    decision.choice
  ]
  const who = decision.by ? `, by ${by(facts, decision.by)}` : ', by nobody yet'
  const when = decision.due ? `, ${dueWords(decision.due, facts.today)}` : ''
  return `Decided on ${dayWords(decision.on, facts.today)}: ${choice}${decision.choice === 'accept' ? '' : who}${when}.`
}

const growth = (facts: BriefFacts): BriefLine[] => {
  const { talked, goals } = facts.growth
  const last = talked.at(-1)
  const held = facts.meetings.filter(({ state }) => state === 'held')
  const lines: BriefLine[] = []
  const worded = talked.findLast(({ text }) => text !== null)
  if (last && worded) {
    const ago = daysBetween(last.on, facts.today)
    lines.push({
      text: `${quoted(worded.text ?? '')} That was on ${dayWords(worded.on, facts.today)}.${ago > 0 ? ` Growth was last talked about ${ago} days ago.` : ''}`,
      sources: [...new Set([worded.id, last.id])],
    })
  } else if (last)
    lines.push({
      text: `Growth was last talked about on ${dayWords(last.on, facts.today)}, ${daysBetween(last.on, facts.today)} days ago.`,
      sources: [last.id],
    })
  else if (held.length >= 3)
    lines.push({
      text: `Growth has not been talked about in ${counted(held.length, 'meeting')}.`,
      sources: held.slice(-3).map(({ id }) => id),
    })
  for (const { id, text, checkOn } of goals)
    lines.push({
      text: `Goal: ${quoted(text)}${checkOn ? ` The next look at it is ${checkOn < facts.today ? 'overdue since' : 'on'} ${dayWords(checkOn, facts.today)}.` : ''}`,
      sources: [id],
    })
  return lines
}

const feedback = (facts: BriefFacts): BriefLine[] => [
  ...unanswered(facts).map(({ id, from, text, on, state }) => ({
    text: `${facts.names[from]} told you on ${dayWords(on, facts.today)}: ${quoted(text)} ${state === 'spoken' ? 'You could say what you made of it.' : 'It waits for your answer.'}`,
    sources: [id],
  })),
  ...facts.ownObservations.toReversed().map(({ id, on, text }) => ({
    text: `You noticed on ${dayWords(on, facts.today)}: ${quoted(text)} It has not been said yet.`,
    sources: [id],
  })),
]

/** The reader's own words, for the reader alone; the start of each is enough to remember by. */
const ownNotes = ({ ownNotes: notes, today }: BriefFacts): BriefLine[] =>
  notes
    .slice(-2)
    .toReversed()
    .map(({ id, on, text }) => ({
      text: `From your own note of ${dayWords(on, today)}: ${quoted(beginning(text, 220))}`,
      sources: [id],
    }))

const notKnown = (facts: BriefFacts): BriefLine[] => {
  const lines: BriefLine[] = []
  const last = lastHeld(facts)
  for (const promise of openOf(facts, null))
    lines.push({ text: `Nobody was named for: ${promise.text}`, sources: [promise.id] })
  if (last && last.talk === null)
    lines.push({
      text: `Nothing was read of the meeting on ${dayWords(last.day, facts.today)}.`,
      sources: [last.id],
    })
  if (confidenceOf(facts) === 'not-enough-data')
    lines.push({
      text: 'Not enough data yet for more: it begins with the second meeting that was read.',
      sources: [],
    })
  return lines
}

const writers: Readonly<Record<BriefKind, (facts: BriefFacts) => BriefLine[]>> = {
  'since-last': sinceLast,
  opening,
  'promises-mine': facts => promisesOf(facts, facts.reader),
  'promises-theirs': facts => promisesOf(facts, otherSide(facts.reader)),
  roadblocks,
  growth,
  feedback,
  questions: briefQuestions,
  'own-notes': ownNotes,
  'not-known': notKnown,
}

/** "you", or the other's name; "nobody yet". */
const by = ({ reader, names }: BriefFacts, side: Side | null): string =>
  side === null ? 'nobody yet' : side === reader ? 'you' : names[side]

const withoutStop = (text: string) => text.replace(/[.\s]+$/, '')
const sentenceCase = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Whole sentences as long as they fit, else whole words. */
const beginning = (text: string, longest: number): string => {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  if (plain.length <= longest) return plain
  const head = plain.slice(0, longest)
  const stop = head.search(/[.!?][^.!?]*$/)
  return stop > longest / 3 ? head.slice(0, stop + 1) : `${head.slice(0, head.lastIndexOf(' '))} …`
}

/**
 * A brief of any coach as it may be shown: known kinds in their order, no more than fits the page, and
 * each claim with sources that were handed in. Questions and what is not known may stand without one.
 * The opening is the manager's own missed promise or nothing.
 */
export const provenBrief = (facts: BriefFacts, brief: Brief): Brief => {
  const known = idsOf(facts)
  const missed = new Set(opening(facts).flatMap(({ sources }) => sources))
  const sections = briefKinds.flatMap(kind => {
    const lines = brief.sections
      .filter(section => section.kind === kind)
      .flatMap(section => section.lines)
      .filter(
        ({ text, sources }) =>
          text.trim() !== '' &&
          sources.every(source => known.has(source)) &&
          (sources.length > 0 || kind === 'questions' || kind === 'not-known') &&
          (kind !== 'opening' || sources.every(source => missed.has(source))),
      )
      .slice(0, most[kind])
    return lines.length === 0 ? [] : [{ kind, lines }]
  })
  return { sections, confidence: confidenceOf(facts) }
}

/** Every id a line may name as its source. */
export const idsOf = (facts: BriefFacts): Set<string> =>
  new Set(
    [
      facts.meetings,
      facts.promises,
      facts.decisions,
      facts.roadblocks,
      facts.growth.talked,
      facts.growth.goals,
      facts.feedback,
      facts.asked,
      facts.agenda,
      facts.ownNotes,
      facts.ownObservations,
    ].flatMap(rows => rows.map(({ id }: { readonly id: string }) => id)),
  )
