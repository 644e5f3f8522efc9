import { parse } from 'chrono-node'
import { dayOfLocal, type DayNumber, isoDay, partsOf, dayNumber } from './due-date/calendar.ts'
import type { Moment, Reading } from './due-date/reckoning.ts'
import { rules } from './due-date/rules.ts'
import { type PlainText, plainText } from './due-date/words.ts'

export interface SaidWhen {
  /** The meeting's wall-clock time in its own time zone, `2026-03-12T10:00`. */
  readonly meetingLocal: string
  readonly timezone: string
  readonly nextMeetingLocal: string | null
}

export interface DueDate {
  /** `YYYY-MM-DD` in the meeting's time zone; null when no day was said. */
  readonly due: string | null
  /** The words it was read from, as they stand in the text. */
  readonly phrase: string | null
  readonly certainty: 'exact' | 'approximate' | 'none'
}

interface Find extends Reading {
  /** Units of the plain text. */
  readonly from: number
  readonly to: number
  readonly weight: number
}

const nothing: DueDate = { due: null, phrase: null, certainty: 'none' }

/**
 * The day by which something was promised, from the words it was promised with. Own rules first,
 * then chrono-node for what they do not know; both look at the calendar day of the meeting in its
 * own time zone, so the result is the same whatever zone the process runs in.
 *
 * Conventions, where usage is not of one mind: a weekday alone is the next one after the meeting;
 * "next Friday" is the Friday of next week; a week, month or quarter is due on its last (working)
 * day; "early" is the first day of the period, "mid" its middle. The latter are `approximate`.
 */
export const dueDate = (text: string, when: SaidWhen): DueDate => {
  const today = dayOfLocal(when.meetingLocal)
  if (today === null) return nothing
  const nextMeeting = when.nextMeetingLocal === null ? null : dayOfLocal(when.nextMeetingLocal)
  const plain = plainText(text)
  const found = best(plain, finds(plain, { today, nextMeeting }))
  if (found) return answer(text, plain, found)
  return byChrono(text, today)
}

const answer = (text: string, plain: PlainText, find: Find): DueDate => {
  const start = withPreposition(plain, find.from)
  const phrase = text.slice(plain.from[start], plain.to[find.to - 1])
  return { due: find.day === null ? null : isoDay(find.day), phrase, certainty: find.certainty }
}

const finds = (plain: PlainText, moment: Moment): Find[] => {
  const all: Find[] = []
  for (const { pattern, mayBeIn, read } of rules) {
    if (!mayBeIn(plain.text)) continue
    for (const match of plain.text.matchAll(pattern)) {
      const groups = match.slice(1).map(group => group as string | undefined)
      const reading = read(groups as string[], moment)
      if (!reading) continue
      const from = match.index
      const to = from + match[0].length
      const weight = weightAt(plain.text, from, to, match[0])
      if (weight > 0) all.push({ ...reading, from, to, weight })
    }
  }
  // Of finds that overlap the longest says most: "friday the 27th" over "friday".
  const kept: Find[] = []
  for (const find of all.toSorted((a, b) => b.to - b.from - (a.to - a.from)))
    if (!kept.some(other => find.from < other.to && other.from < find.to)) kept.push(find)
  return kept.toSorted((a, b) => a.from - b.from)
}

const deadline =
  /(?:^| )(?:by|before|until|till|due|due on|due by|no later than|latest|not later than|for|ahead of|in time for|by end of day|by eod|deadline is|deadline)$/
const onDay =
  /(?:^| )(?:on|this|come|at|sometime|some time|first thing|it|that|them|you|back|done|ready|over|out|in)$/
const past =
  /(?:^| )(?:last|since|past|previous|every(?: other| second)?|each|yesterday|from|after|earlier|(?:started|joined|moved|launched|shipped|began|left|met) (?:back )?in|was|were|been|happened|started|back in|back on|ago|most|some|all)$/
const countedFor = /(?:^| )(?:for|takes?|took|lasts?|lasted|spent|spend|about)$/
/** Words that make the date before them the name of something. */
const dayName = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/
const nouns =
  /^ (?:meeting|call|standup|stand up|report|numbers|figures|deck|review|session|workshop|release|launch|shift|deploy|deployment|retro|sprint|email|mail|thing|team|group|class|lunch|demo|incident|outage|newsletter|planning|sync|crew|rota|night shift)s?(?= |$)/
const pastAfter =
  /^ (?:ago|was|were|went|night was|had|last (?:week|month|year)|(?:i|we|he|she|they) (?:(?!need)\w{2,}ed|sent|did|met|went|had|saw|told|gave|got|took|made|wrote|came|left|spoke|ran))(?= |$)/

/** A time somebody is not there, and a time somebody ruled out. */
const away =
  /(?:'m|'s|'re|'ll be|am|is|are|was|be) (?:away|out|off|on leave|on holiday|on vacation|on pto|travelling|traveling|busy|booked)(?: of office| sick)?(?: until| till| on| from| all)?$/
const awayAfter =
  /^ (?:i'm|i am|we're|we are|he's|he is|she's|she is|they're|they are) (?:away|out|off|on leave|busy)(?= |$)/
const ruledOut =
  /(?:^| )(?:(?<!why )not|isn't|can't (?:do|make)|cannot (?:do|make)|couldn't (?:do|make)|rather than|instead of)(?: by| on| this)?$/

/** What was done on a day: "I sent it on Tuesday". Words like "said" need the "on": "we said Friday". */
const told =
  /(?:^| )(?:i|you|we|they|he|she|it)(?: already| just| finally| also| both)? (?:(?!need|want)\w{2,}ed|sent|did|met|went|had|saw|told|gave|got|took|made|wrote|came|left|spoke|ran|heard|built|broke)(?: (?!for|to)[\w']+){0,3}(?: on)?$/
const saidOn = /(?:^| )(?:i|you|we|they|he|she) (?:said|agreed|thought|discussed|mentioned)(?: [\w']+)? on$/
const wasUntil = /(?:^| )(?:was|were)(?: \w+){0,2} (?:until|till)$/
/** What was, or is kept, on a day: "the release was on the tenth", "born on the 3rd of May". */
const wasOn =
  /(?:^| )(?:was|were|wasn't|weren't|born|happened|took place|birthday is|birthday's|anniversary is)(?: only| just| back)? (?:on|in)(?: the)?$/
/** Days that are somebody's name: "sit down with Sunday". */
const called = /(?:^| )(?:with|called|named)$/
const countedBefore = /(?:days?|weeks?|months?|hours?) before(?: the)?$/

/** How strongly the surroundings say "this is when it is due"; 0 when they say that it is not. */
const weightAt = (text: string, from: number, to: number, match: string): number => {
  const before = text.slice(Math.max(0, from - 40), from).trimEnd()
  const after = text.slice(to, to + 40)
  if (past.test(before) || pastAfter.test(after)) return 0
  if (away.test(before) || awayAfter.test(after) || ruledOut.test(before)) return 0
  if (wasOn.test(before) || (called.test(before) && dayName.test(match))) return 0
  if (wasUntil.test(before) || countedBefore.test(before) || saidOn.test(before)) return 0
  if (/^(?:mon|tues|wednes|thurs|fri|satur|sun)days$/.test(match)) return 0
  const isDeadline = deadline.test(before)
  if (/^(?:\d|a |an |one|two|three)/.test(match) && countedFor.test(before)) return 0
  if ((nouns.test(after) || match.endsWith("'s")) && !isDeadline) return 0
  if (!isDeadline && told.test(before)) return 0
  const latest = /^ (?:at the (?:very )?latest|latest|or so)(?= |$)/.test(after) ? 1 : 0
  if (isDeadline) return 4 + latest
  return (onDay.test(before) ? 2 : 1) + latest
}

const correction =
  /(?:^| )(?:no|sorry|actually|wait|rather|i mean|make that|make it|scratch that|or better|instead|but)(?: |$)/
const endOfDay =
  /^(?:today|tonight|eod|eob|cob|end of|the end of|close of|the close of|this (?:afternoon|morning|evening)|(?:right |straight )?after lunch|lunch|noon|midday|midnight|half past|\d)/

/** One of several: a correction beats what it corrects, a deadline a mere mention, a day the hour of a day. */
const best = (plain: PlainText, all: readonly Find[]): Find | undefined => {
  let chosen: Find | undefined
  for (const find of all) {
    if (chosen === undefined) {
      chosen = find
      continue
    }
    const between = plain.text.slice(chosen.to, find.from)
    const adjacent = between.trim().split(' ').length <= 2 && between.length < 8
    const isHour = (one: Find) => endOfDay.test(plain.text.slice(one.from, one.to))
    if (correction.test(between)) chosen = find
    else if (between === ' or ' && find.day !== null) chosen = latest(chosen, find)
    else if (adjacent && isHour(find) && !isHour(chosen) && chosen.day !== null) continue
    else if (adjacent && isHour(chosen) && find.day !== null && find.day !== chosen.day)
      chosen = { ...find, from: chosen.from, weight: Math.max(chosen.weight, find.weight) }
    else if (find.weight > chosen.weight || (chosen.day === null && find.day !== null)) chosen = find
  }
  return chosen
}

/** "Monday or Tuesday": promised for the later of the two, and not for certain. */
const latest = (one: Find, other: Find): Find => ({
  ...one,
  to: other.to,
  day: Math.max(one.day ?? 0, other.day ?? 0),
  certainty: 'approximate',
  weight: Math.max(one.weight, other.weight),
})

/** The phrase begins with the words that make it a deadline. */
const withPreposition = (plain: PlainText, from: number): number => {
  const match =
    /(?:^| )((?:no later than|in time for|due by|due on|by the|by|before the|before|until|till|on the|on|due|for|first thing)) $/.exec(
      plain.text.slice(0, from),
    )
  return match?.[1] ? from - match[1].length - 1 : from
}

/**
 * What the rules do not know. chrono's own zone handling depends on the process (its `timezone`
 * option ignores names), so it is given the meeting's day as midnight UTC and read by parts.
 */
const byChrono = (text: string, today: DayNumber): DueDate => {
  // Without these nothing it finds is taken, and most texts have neither: it is slow to wake.
  if (!/\d/.test(text) || !/\b(?:by|before|until|till|due|on)\s/i.test(text)) return nothing
  const { year, month, day } = partsOf(today)
  const reference = { instant: new Date(Date.UTC(year, month - 1, day)), timezone: 0 }
  for (const result of parse(text, reference, { forwardDate: true })) {
    const { start } = result
    const named = start.isCertain('day') || start.isCertain('weekday')
    const found = dayNumber(start.get('year') ?? year, start.get('month') ?? month, start.get('day') ?? day)
    const before = text.slice(Math.max(0, result.index - 14), result.index).toLowerCase()
    if (!named || found < today || found > today + 400 || !/\d/.test(result.text)) continue
    if (!/\b(?:by|before|until|till|due|on)\s+(?:the\s+)?$/.test(before)) continue
    return { due: isoDay(found), phrase: result.text, certainty: 'exact' }
  }
  return nothing
}
