import type { Side } from './api/common.ts'
import { counted, daysBetween, dayWords, numberWord } from './day-words.ts'
import type { GrowthClock } from './growth.ts'
import type { Compared, Measures } from './mirror.ts'
import { named } from './pair-facts.ts'

/** One small thing to try in the next meeting, of which one can tell afterwards whether it happened. */
export interface Attempt {
  readonly text: string
  /** How one will know. */
  readonly check: string
  readonly because: string
}

export interface AttemptInput {
  readonly me: Side
  /** First name of the other. */
  readonly other: string
  readonly today: string
  readonly measures: Measures
  readonly growth: GrowthClock
  /** What the report wants to become able to do, in their words; null where nothing is written. */
  readonly goal: string | null
}

type Rule = (input: AttemptInput) => Attempt | null

export const percent = (part: number): number => Math.round(part * 100)

/** "two minutes", "40 seconds": to the ten seconds, for nobody counts closer while talking. */
export const lengthWords = (seconds: number): string => {
  const tens = Math.max(10, Math.round(seconds / 10) * 10)
  if (tens < 60) return `${tens} seconds`
  const minutes = Math.floor(tens / 60)
  const rest = tens % 60
  return `${counted(minutes, 'minute')}${rest > 0 ? ` ${rest} seconds` : ''}`
}

const growthIsQuiet: Rule = ({ me, other, today, growth, goal }) => {
  const { last, mark } = growth
  const days = last?.days ?? (growth.since === null ? 0 : daysBetween(growth.since, today))
  if (days < mark) return null
  const what = goal === null ? 'growth' : named(goal)
  return {
    text:
      me === 'manager'
        ? `Ask ${other} about ${what} in the first ten minutes.`
        : `Bring up ${goal === null ? 'where you want to go' : what} in the first ten minutes.`,
    check: 'You will know afterwards whether it happened: growth in the first ten minutes, yes or no.',
    because: last
      ? `Growth was last really talked about on ${dayWords(last.on, today)}, ${last.days} days ago.`
      : 'Growth has not really been talked about in your meetings yet.',
  }
}

const spokeMost: Rule = ({ other, measures: { share } }) => {
  const spoke = offOf(share.compared, 'above')
  if (!spoke || spoke.last <= 0.5) return null
  return {
    text: `Ask ${other} first, and answer only when ${other} has finished.`,
    check: `You will know afterwards: ${percent(spoke.usual)} percent of the words or fewer were yours.`,
    because: `You spoke ${percent(spoke.last)} percent of the words; usually it is ${percent(spoke.usual)}.`,
  }
}

const spokeLittle: Rule = ({ other, measures: { share } }) => {
  const spoke = offOf(share.compared, 'below')
  if (!spoke || spoke.last >= 0.4) return null
  return {
    text: `Say what you think of one thing before ${other} asks you.`,
    check: 'You will know afterwards whether it happened, yes or no.',
    because: `You spoke ${percent(spoke.last)} percent of the words; usually it is ${percent(spoke.usual)}.`,
  }
}

const spokeLong: Rule = ({ measures: { longestTurn } }) => {
  const turn = offOf(longestTurn.compared, 'above')
  if (!turn || turn.last < 60) return null
  return {
    text: `Stop after ${lengthWords(turn.usual)} and ask a question.`,
    check: `You will know afterwards: no turn of yours was longer than ${lengthWords(turn.usual)}.`,
    because: `Your longest turn was ${lengthWords(turn.last)}; usually it is ${lengthWords(turn.usual)}.`,
  }
}

const askedLittle: Rule = ({ measures: { openQuestions } }) => {
  const asked = offOf(openQuestions.compared, 'below')
  const wanted = Math.ceil(asked?.usual ?? 0)
  if (!asked || wanted <= asked.last) return null
  return {
    text: `Ask ${counted(wanted, 'question')} that ${wanted === 1 ? 'begins' : 'begin'} with what, how or why.`,
    check: `You will know afterwards: ${numberWord(wanted)} or more were counted.`,
    because: `You asked ${numberWord(asked.last)} of them last time; usually it is ${numberWord(wanted)}.`,
  }
}

const statusGrew: Rule = ({ measures: { status } }) => {
  const took = offOf(status.compared, 'above')
  if (!took || took.last < 0.2) return null
  return {
    text: 'Send the status in writing beforehand, and begin with something else.',
    check: `You will know afterwards: status took ${percent(took.usual)} percent of the meeting or less.`,
    because: `Status took ${percent(took.last)} percent of the last meeting; usually it takes ${percent(took.usual)}.`,
  }
}

const oneQuestionMore: Rule = ({ measures: { openQuestions } }) => {
  if (!openQuestions.compared) return null
  const wanted = openQuestions.compared.last + 1
  return {
    text: `Ask ${counted(wanted, 'question')} that ${wanted === 1 ? 'begins' : 'begin'} with what, how or why.`,
    check: `You will know afterwards: ${numberWord(wanted)} or more were counted.`,
    because: 'Nothing of the last meeting is far from your usual.',
  }
}

const theirItemFirst: Rule = ({ me, other }) => ({
  text:
    me === 'manager'
      ? `Begin with what ${other} put on the agenda.`
      : 'Put one thing on the agenda, and begin with it.',
  check: 'You will know afterwards whether it came first, yes or no.',
  because: 'Nothing of the last meeting is far from your usual.',
})

const offOf = (compared: Compared | null, off: 'above' | 'below'): Compared | null =>
  compared?.off === off ? compared : null

/**
 * In this order, the first that holds: growth forgotten for six weeks, much more of the talking than usual,
 * much less, a much longer turn, far fewer open questions, much more status; else one open question more.
 */
const rules: readonly Rule[] = [
  growthIsQuiet,
  spokeMost,
  spokeLittle,
  spokeLong,
  askedLittle,
  statusGrew,
  oneQuestionMore,
]

/** Exactly one; none while there are too few meetings to know a usual. */
export const attemptFor = (input: AttemptInput): Attempt | null => {
  if (input.measures.share.compared === null) return null
  for (const rule of rules) {
    const attempt = rule(input)
    if (attempt) return attempt
  }
  return theirItemFirst(input)
}
