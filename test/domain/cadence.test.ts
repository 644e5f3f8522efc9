import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAsleep, nextSlot, type Placed, type Rhythm, slotsAfter } from '../../src/domain/cadence.ts'
import { toInstant, toLocal } from '../../src/domain/local-time.ts'

const hour = 3_600_000
const day = 24 * hour
const weekday = (local: string) => new Date(`${local.slice(0, 10)}T00:00Z`).getUTCDay()
const daysBetween = (one: string, next: string) =>
  (Date.parse(`${next.slice(0, 10)}T00:00Z`) - Date.parse(`${one.slice(0, 10)}T00:00Z`)) / day
const weekly: Rhythm = { start: '2026-03-12T10:00', days: 7, timezone: 'Europe/Berlin' }
const at = (local: string, timezone = 'Europe/Berlin') => toInstant(local, timezone)
const placed = (slot: string | null, local: string = slot ?? ''): Placed => ({
  slot,
  at: at(local).toISOString(),
})

describe('the next meeting', () => {
  test.each<[string, Placed | null, string, string]>([
    ['is the first of the rhythm', null, '2026-03-01T09:00', '2026-03-05T10:00'],
    ['is today’s while it is still ahead', null, '2026-03-12T09:59', '2026-03-12T10:00'],
    ['is a week on once today’s has begun', null, '2026-03-12T10:00', '2026-03-19T10:00'],
    ['follows the last one', placed('2026-03-12T10:00'), '2026-03-12T11:00', '2026-03-19T10:00'],
    [
      'goes back to its day after one that moved to the Monday',
      placed('2026-03-12T10:00', '2026-03-16T15:00'),
      '2026-03-16T16:00',
      '2026-03-19T10:00',
    ],
    [
      'is not doubled by one that moved ahead of its day',
      placed('2026-03-19T10:00', '2026-03-17T10:00'),
      '2026-03-17T11:00',
      '2026-03-26T10:00',
    ],
    [
      'nor by one that moved onto the day of the next',
      placed('2026-03-12T10:00', '2026-03-19T14:00'),
      '2026-03-14T11:00',
      '2026-03-26T10:00',
    ],
    [
      'comes after a meeting that was planned by hand',
      placed(null, '2026-03-20T08:00'),
      '2026-03-13T08:00',
      '2026-03-26T10:00',
    ],
    [
      'is the first ahead after weeks in which nobody was here',
      placed('2026-03-12T10:00'),
      '2026-05-20T12:00',
      '2026-05-21T10:00',
    ],
  ])('%s', (_name, last, now, expected) => {
    expect(nextSlot(weekly, last, at(now)).local).toBe(expected)
  })

  test('stands where the clocks have gone in the hour that spring skips, and is back a week later', () => {
    const rhythm: Rhythm = { start: '2026-03-22T02:30', days: 7, timezone: 'Europe/Berlin' }
    const skipped = nextSlot(rhythm, placed('2026-03-22T02:30'), at('2026-03-23T09:00'))
    expect(skipped).toEqual({ local: '2026-03-29T02:30', at: '2026-03-29T01:30:00.000Z' })
    expect(toLocal(skipped.at, 'Europe/Berlin')).toBe('2026-03-29T03:30')
    const after = nextSlot(rhythm, { slot: skipped.local, at: skipped.at }, new Date(skipped.at))
    expect(toLocal(after.at, 'Europe/Berlin')).toBe('2026-04-05T02:30')
  })

  test('is the first of the two in the hour that autumn has twice', () => {
    const rhythm: Rhythm = { start: '2026-10-18T02:30', days: 7, timezone: 'Europe/Berlin' }
    const twice = nextSlot(rhythm, placed('2026-10-18T02:30'), at('2026-10-19T09:00'))
    expect(twice).toEqual({ local: '2026-10-25T02:30', at: '2026-10-25T00:30:00.000Z' })
  })

  test('keeps its week where there is one every two weeks, whatever happened to the last', () => {
    const rhythm = { ...weekly, days: 14 }
    const moved = placed('2026-03-26T10:00', '2026-04-01T10:00')
    expect(nextSlot(rhythm, moved, at('2026-04-01T11:00')).local).toBe('2026-04-09T10:00')
  })
})

/** Both hemispheres, half and quarter hours, half an hour of summer, no summer, the far ends of the day. */
const zones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
]

/** Whether no clock of the zone ever shows this time: asked of every quarter of an hour around it. */
const isSkipped = (local: string, timezone: string): boolean =>
  !Array.from({ length: 120 }, (_, quarter) =>
    toLocal(new Date(Date.parse(`${local}:00Z`) + (quarter - 60) * (hour / 4)), timezone),
  ).includes(local)

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`)
const startDay = fc
  .integer({ min: 0, max: 364 })
  .map(offset => new Date(Date.UTC(2026, 0, 1) + offset * day).toISOString().slice(0, 10))
/** What becomes of each meeting in turn: held, moved by so many hours, or cancelled. */
const fates = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'held' as const }) },
    {
      weight: 2,
      arbitrary: fc.integer({ min: -60, max: 100 }).map(hours => ({ kind: 'moved' as const, hours })),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'cancelled' as const }) },
  ),
  { minLength: 5, maxLength: 20 },
)

describe.each(zones)('two years of an invented calendar in %s', timezone => {
  test.each([7, 14, 10])('every %i days: each next meeting is where a person would expect it', days => {
    fc.assert(
      fc.property(startDay, clock, fates, (start, time, fate) => {
        const rhythm: Rhythm = { start: `${start}T${time}`, days, timezone }
        let now = new Date(toInstant(rhythm.start, timezone).getTime() - day)
        const end = now.getTime() + 2 * 365 * day
        let last: Placed | null = null
        let before: string | null = null
        for (let turn = 0; now.getTime() < end; turn++) {
          const slot = nextSlot(rhythm, last, now)
          // Ahead, on the rhythm's own day: a whole number of rhythms after its first.
          expect(slot.at > now.toISOString()).toBe(true)
          expect(Math.abs(daysBetween(rhythm.start, slot.local)) % days).toBe(0)
          const sameWeekday = weekday(slot.local) === weekday(rhythm.start)
          expect(sameWeekday || days % 7 !== 0).toBe(true)
          // By the clock on the wall it is the same time, unless the clocks skip it: then at most an hour on.
          const shown = toLocal(slot.at, timezone)
          const skipped = Date.parse(`${shown}:00Z`) - Date.parse(`${slot.local}:00Z`)
          expect(skipped).toBeGreaterThanOrEqual(0)
          expect(skipped).toBeLessThanOrEqual(isSkipped(slot.local, timezone) ? hour : 0)
          // None is left out but where the one before was moved that far, and none comes twice.
          const movedTo: number =
            last && before !== null ? Math.max(0, daysBetween(before, toLocal(last.at, timezone))) : 0
          const gap = before === null ? null : daysBetween(before, slot.local)
          expect(gap).toBe(gap === null ? null : (Math.floor(movedTo / days) + 1) * days)
          const what = fate[turn % fate.length] ?? { kind: 'held' as const }
          const real = what.kind === 'moved' ? Date.parse(slot.at) + what.hours * hour : Date.parse(slot.at)
          last = { slot: slot.local, at: new Date(real).toISOString() }
          before = slot.local
          // The next is made when this one is over, or at once when it is cancelled.
          if (what.kind !== 'cancelled') now = new Date(Math.max(now.getTime(), real + hour))
        }
      }),
      { numRuns: 12, seed: 1_026 },
    )
  })
})

test('the places ahead follow one another by the clock on the wall', () => {
  const [first, ...rest] = slotsAfter(weekly, { local: '2026-03-19T10:00', at: '' }, 3)
  expect(first).toEqual({ local: '2026-03-26T10:00', at: '2026-03-26T09:00:00.000Z' })
  expect(rest.map(slot => slot.at)).toEqual(['2026-04-02T08:00:00.000Z', '2026-04-09T08:00:00.000Z'])
})

test('a pair that has stopped meeting is not planned for ever', () => {
  const now = at('2026-03-30T09:00')
  const met = (local: string, told: boolean) => ({ at: at(local).toISOString(), told })
  const quiet = [met('2026-03-26T10:00', false), met('2026-03-19T10:00', false)]
  expect(isAsleep(7, [], now)).toBe(false)
  expect(isAsleep(7, quiet, now)).toBe(false)
  expect(isAsleep(7, [...quiet, met('2026-03-12T10:00', true)], now)).toBe(false)
  expect(isAsleep(7, [...quiet, met('2026-03-12T10:00', false)], now)).toBe(true)
  // Nobody was here for a month.
  expect(isAsleep(7, [met('2026-03-01T10:00', true)], now)).toBe(true)
  expect(isAsleep(14, [met('2026-03-01T10:00', true)], now)).toBe(false)
})
