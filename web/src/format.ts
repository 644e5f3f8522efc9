import type { MeetingView, PairView } from '../../src/domain/api/pairs.ts'

/** Days and names as sentences say them. */

const language = 'en-GB'
const dayFormat = new Intl.DateTimeFormat(language, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})
const shortFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' })

const asUtc = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`)
const today = (): string => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
export const daysFromToday = (day: string): number =>
  Math.round((asUtc(day).getTime() - asUtc(today()).getTime()) / 86_400_000)

const monthFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })

export const longDay = (day: string): string => dayFormat.format(asUtc(day))
export const shortDay = (day: string): string => shortFormat.format(asUtc(day))
/** "Thursday". */
export const weekday = (day: string): string => longDay(day).split(' ')[0] ?? ''
/** "12 Sept", for drawings. */
export const monthDay = (day: string): string => monthFormat.format(asUtc(day))

/** From one day to another, e.g. from when it was due to when it was kept. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((asUtc(to).getTime() - asUtc(from).getTime()) / 86_400_000)

const zoned = new Map<string, Intl.DateTimeFormat>()
/** The calendar day of an instant in a pair's time zone. */
export const dayIn = (timezone: string, instant: string): string => {
  const format = zoned.get(timezone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: timezone })
  zoned.set(timezone, format)
  return format.format(new Date(instant))
}

/** "September", with its year where it is not this one's. */
export const monthWords = (day: string): string =>
  new Intl.DateTimeFormat(language, {
    month: 'long',
    timeZone: 'UTC',
    ...(day.slice(0, 4) === today().slice(0, 4) ? {} : { year: 'numeric' }),
  }).format(asUtc(day))

/** "1 day", "7 days". */
export const daysWords = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`

/** "Tomorrow", "Friday 27 November", "7 days late". */
export const dueWords = (due: string | null): { words: string; late: boolean } => {
  if (due === null) return { words: 'No date was said', late: false }
  const days = daysFromToday(due)
  if (days < 0) return { words: `${daysWords(-days)} late`, late: true }
  if (days === 0) return { words: 'Today', late: false }
  if (days === 1) return { words: 'Tomorrow', late: false }
  return { words: longDay(due), late: false }
}

export const timeOf = (local: string): string => local.slice(11, 16)

export const whenWords = (meeting: MeetingView): string => {
  const days = daysFromToday(meeting.local)
  if (meeting.state !== 'planned') return `${timeOf(meeting.local)}, ${meeting.minutes} minutes`
  const near = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days > 1 ? `in ${days} days` : null
  return `${timeOf(meeting.local)}, ${meeting.minutes} minutes${near ? `, ${near}` : ''}`
}

export type Tense = 'before' | 'during' | 'after'
/** Milliseconds before its beginning and after its end in which a meeting's page is the one to write on. */
const aroundMeeting = 10 * 60_000

/** The page of a meeting that is right by the clock. */
export const tenseOf = ({ at, minutes, state }: MeetingView, now = Date.now()): Tense => {
  const begins = Date.parse(at)
  if (state === 'held' || state === 'cancelled' || state === 'missed') return 'after'
  if (now < begins - aroundMeeting) return 'before'
  return now < begins + minutes * 60_000 + aroundMeeting ? 'during' : 'after'
}

/** How a meeting stands; one whose day has gone by without a word of it was planned. */
export const standing = (meeting: MeetingView): string =>
  meeting.state === 'planned' && daysFromToday(meeting.local) < 0 ? 'Was planned' : stateWords[meeting.state]

const stateWords: Record<MeetingView['state'], string> = {
  planned: 'Planned',
  held: 'Held',
  moved: 'Moved',
  cancelled: 'Cancelled',
  missed: 'Missed',
}

export const otherOf = (pair: PairView) => (pair.me === 'manager' ? pair.report : pair.manager)
export const meOf = (pair: PairView) => (pair.me === 'manager' ? pair.manager : pair.report)
export const firstName = (name: string): string => name.split(' ')[0] ?? name

/** Who did something: "You", the other's first name, or "Somebody who has left". */
export const whoWords = (pair: PairView, person: string | null): string => {
  if (person === meOf(pair).id) return 'You'
  return person === otherOf(pair).id ? firstName(otherOf(pair).name) : 'Somebody who has left'
}
/** The same inside a sentence: "you". A name stays as it is. */
export const byWords = (pair: PairView, person: string | null): string => {
  const words = whoWords(pair, person)
  return person === otherOf(pair).id ? words : words.toLowerCase()
}

/** "You", the other's first name, or "Nobody yet". */
export const ownerWords = (pair: PairView, owner: string | null): string =>
  owner === null ? 'Nobody yet' : whoWords(pair, owner)

export const clock = (seconds: number | null): string | null => {
  if (seconds === null) return null
  const whole = Math.floor(seconds)
  const minutes = Math.floor(whole / 60)
  return `${minutes}:${String(whole % 60).padStart(2, '0')}`
}

const numbers = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
]
/** "Four findings", "One finding": numbers stand in sentences. */
export const countWords = (count: number, one: string, many: string): string =>
  `${numbers[count] ?? count} ${count === 1 ? one : many}`

export const initials = (name: string): string =>
  name
    .split(' ')
    .map(word => word[0] ?? '')
    .filter(letter => letter !== '')
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase()
