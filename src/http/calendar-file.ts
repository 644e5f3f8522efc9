import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { slotsAfter } from '../domain/cadence.ts'
import type { CalendarMeeting, CalendarPair } from '../store/calendar.ts'

/** Meetings as a calendar program takes them: times and the other's name, never a word that was said or written. */

/** How far a feed looks ahead of the meetings there are. */
const placesAhead = 8
const aMinute = 60_000

interface Shown {
  readonly pair: CalendarPair
  readonly meetings: readonly CalendarMeeting[]
}

/** A meeting keeps the id of its place in the rhythm, so that a place that becomes a meeting is one entry. */
const idOf = (pair: string, place: { readonly id?: string; readonly slot: string | null }): string =>
  `${pair}-${place.slot ?? place.id ?? ''}@rapport`

const statusOf = ({ state }: CalendarMeeting) =>
  state === 'cancelled' || state === 'missed' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED

const placesOf = ({ pair, meetings }: Shown) => {
  const last = meetings.findLast(({ slot }) => slot !== null)
  if (!last?.slot || pair.rhythmStart === null || last.state !== 'planned') return []
  const rhythm = { start: pair.rhythmStart, days: pair.cadenceDays, timezone: pair.timezone }
  return slotsAfter(rhythm, { local: last.slot, at: last.at }, placesAhead)
}

/**
 * @param page where a meeting's page is; null where nobody outside could open it.
 * @returns text of RFC 5545. Times stand in UTC, so that no calendar needs our time zones.
 */
export const calendarText = (
  shown: readonly Shown[],
  now: Date,
  page: (pair: string, meeting: string) => string | null,
): string => {
  const calendar = ical({
    name: 'Rapport',
    prodId: { company: 'Rapport', product: 'Rapport', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3_600,
  })
  for (const { pair, meetings } of shown) {
    const summary = `1:1 with ${pair.other}`
    for (const meeting of meetings)
      calendar.createEvent({
        id: idOf(pair.id, meeting),
        start: new Date(meeting.at),
        end: new Date(Date.parse(meeting.at) + meeting.minutes * aMinute),
        stamp: now,
        sequence: meeting.version,
        summary,
        status: statusOf(meeting),
        url: page(pair.id, meeting.id),
      })
    for (const { local, at } of placesOf({ pair, meetings }))
      calendar.createEvent({
        id: idOf(pair.id, { slot: local }),
        start: new Date(at),
        end: new Date(Date.parse(at) + pair.minutes * aMinute),
        stamp: now,
        summary,
        status: ICalEventStatus.TENTATIVE,
      })
  }
  return calendar.toString()
}
