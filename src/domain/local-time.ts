/** Wall-clock time of a place to instants and back, by the runtime's own time zone data. */

const formatters = new Map<string, Intl.DateTimeFormat>()
const formatterFor = (timezone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timezone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    calendar: 'gregory',
  })
  formatters.set(timezone, made)
  return made
}

/** `2026-03-12T10:00` as the clocks of `timezone` show it at this instant. */
export const toLocal = (instant: Date | string, timezone: string): string => {
  const parts = new Map(
    formatterFor(timezone)
      .formatToParts(new Date(instant))
      .map(part => [part.type, part.value]),
  )
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '00'
  return `${get('year').padStart(4, '0')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`
}

const asUtc = (local: string): number => Date.parse(`${local}:00Z`)

/**
 * The instant at which the clocks of `timezone` show `local` (`2026-03-12T10:00`). In the hour that
 * is skipped in spring the clocks have been put forward: 02:30 becomes 03:30. In the hour that
 * comes twice in autumn it is the first.
 */
export const toInstant = (local: string, timezone: string): Date => {
  const wanted = asUtc(local)
  // Offsets differ by at most 26 hours over the world, so the offsets a day before and after are
  // the only two that can hold here.
  const offsets = [-86_400_000, 86_400_000].map(
    shift => asUtc(toLocal(new Date(wanted + shift), timezone)) - (wanted + shift),
  )
  const fitting = offsets
    .map(offset => wanted - offset)
    .filter(instant => asUtc(toLocal(new Date(instant), timezone)) === wanted)
  if (fitting.length > 0) return new Date(Math.min(...fitting))
  return new Date(wanted - Math.min(...offsets))
}

/** `2026-03-12T10:00`, with or without seconds, on a day the calendar has; a day alone counts as its start. */
export const isLocalTime = (text: string): boolean => {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?$/.exec(text)
  if (!match?.[1] || Number(match[2] ?? 0) > 23 || Number(match[3] ?? 0) > 59) return false
  const midnight = Date.parse(`${match[1]}T00:00:00Z`)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(match[1])
}
