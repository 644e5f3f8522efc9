/** On which day something was said, as far as a file's name or its first rows tell. */
export interface FoundDay {
  /** `2026-03-10`. */
  readonly day: string
  /** `09:00`, where a time stands beside it. */
  readonly time: string | null
  /** The time is that of Greenwich, as Zoom writes it. */
  readonly utc: boolean
}

const pad = (number: number): string => String(number).padStart(2, '0')

const dayFrom = (year: number, month: number, day: number): string | null => {
  if (year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1) return null
  const isReal = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
  return isReal ? `${year}-${pad(month)}-${pad(day)}` : null
}
const timeFrom = (hours: string | undefined, minutes: string | undefined): string | null =>
  hours !== undefined && minutes !== undefined && Number(hours) < 24 && Number(minutes) < 60
    ? `${pad(Number(hours))}:${minutes}`
    : null

/** Names of months in the languages of the alphabet that dates in file names are mostly written in. */
const months = new Map<string, number>()
for (const language of ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'pl'])
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' })
    for (let month = 0; month < 12; month++) {
      const parts = format.formatToParts(Date.UTC(2026, month, 10))
      const name = parts
        .find(({ type }) => type === 'month')
        ?.value.replace('.', '')
        .toLowerCase()
      if (name && name.length > 2 && !months.has(name)) months.set(name, month + 1)
    }
  }
const monthOf = (name: string | undefined): number => months.get(name?.toLowerCase() ?? '') ?? 0

type Rule = readonly [pattern: RegExp, read: (found: RegExpExecArray) => FoundDay | null]

const found = (day: string | null, time: string | null = null, utc = false): FoundDay | null =>
  day === null ? null : { day, time, utc }

const clock = String.raw`(?:[T _-]{1,3}(?:at )?(\d{1,2})[.:_h-](\d{2}))?`

/** The surer a way of writing, the earlier it is looked for. */
const rules: readonly Rule[] = [
  [
    /GMT(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})\d{2}/,
    ([, y, m, d, hours, minutes]) =>
      found(dayFrom(Number(y), Number(m), Number(d)), timeFrom(hours, minutes), true),
  ],
  [
    /(?<!\d)(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?(Z)?/,
    ([, y, m, d, hours, minutes, zulu]) =>
      found(dayFrom(Number(y), Number(m), Number(d)), timeFrom(hours, minutes), zulu !== undefined),
  ],
  [
    new RegExp(String.raw`(?<!\d)((?:19|20)\d{2})[-_./ ](\d{1,2})[-_./ ](\d{1,2})(?!\d)${clock}`),
    ([, y, m, d, hours, minutes]) =>
      found(dayFrom(Number(y), Number(m), Number(d)), timeFrom(hours, minutes)),
  ],
  [
    /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:[T_ -]?(\d{2})(\d{2})(?:\d{2})?)?(?!\d)/,
    ([, y, m, d, hours, minutes]) =>
      found(dayFrom(Number(y), Number(m), Number(d)), timeFrom(hours, minutes)),
  ],
  [
    new RegExp(
      String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?[ _-](?:of |de )?(\p{L}{3,12})\.?,?[ _-](?:de )?((?:19|20)\d{2})${clock}`,
      'u',
    ),
    ([, d, month, y, hours, minutes]) =>
      found(dayFrom(Number(y), monthOf(month), Number(d)), timeFrom(hours, minutes)),
  ],
  [
    new RegExp(
      String.raw`(\p{L}{3,12})\.?[ _-](\d{1,2})(?:st|nd|rd|th)?,?[ _-]((?:19|20)\d{2})${clock}`,
      'u',
    ),
    ([, month, d, y, hours, minutes]) =>
      found(dayFrom(Number(y), monthOf(month), Number(d)), timeFrom(hours, minutes)),
  ],
  [
    new RegExp(String.raw`(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})(?!\d)${clock}`),
    ([, d, m, y, hours, minutes]) =>
      found(dayFrom(Number(y), Number(m), Number(d)), timeFrom(hours, minutes)),
  ],
  // 03/04/2026 is in March or in April, depending on who wrote it: only where one reading is left.
  [
    /(?<!\d)(\d{1,2})[-/_](\d{1,2})[-/_]((?:19|20)\d{2})(?!\d)/,
    ([, one, two, y]) => {
      const [a, b] = [Number(one), Number(two)]
      if (a <= 12 && b <= 12 && a !== b) return null
      return found(a > 12 ? dayFrom(Number(y), b, a) : dayFrom(Number(y), a, b))
    },
  ],
]

/** The first day in a text; null where none stands or it could be two. */
export const dayIn = (text: string): FoundDay | null => {
  for (const [pattern, read] of rules) {
    const match = pattern.exec(text)
    const day = match && read(match)
    if (day) return day
  }
  return null
}

/** Rows above the talk, in which programs note when it was; further down a day is one somebody spoke of. */
const headLength = 600

/** By its name, else by the folders it lies in, the innermost first, else by its first rows. */
export const dayOf = (path: string, text: string): { found: FoundDay; from: 'name' | 'text' } | null => {
  const parts = path.split('/')
  for (const part of parts.toReversed()) {
    const named = dayIn(part)
    if (named) return { found: named, from: 'name' }
  }
  const headed = dayIn(text.slice(0, headLength))
  return headed && { found: headed, from: 'text' }
}

/** On the clocks of a place, `2026-03-10T10:00`; without a time at the hour the two usually meet. */
export const localOf = ({ day, time, utc }: FoundDay, timezone: string, usual: string): string => {
  if (!utc || time === null) return `${day}T${time ?? usual}`
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).formatToParts(new Date(`${day}T${time}Z`))
  const get = (wanted: Intl.DateTimeFormatPartTypes) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`
}
