import type { Bus } from '../domain/ports.ts'
import { asPair, asSystem, type Database } from '../store/database.ts'
import { pairById } from '../store/pairs.ts'
import type { Schedule } from './schedule.ts'
import { keepRhythm, pairsJustMet, pairsOutOfRhythm } from '../store/rhythm.ts'

/** Looks every minute whether a meeting has ended; it enqueues nothing, what it does is done in place. */
export const rhythmSchedule = (bus: Bus): Schedule => ({
  name: 'rhythm',
  everySeconds: 60,
  run: async (database, now) => {
    await keepRhythms({ database, bus, now })
    return 0
  },
})

/** How far back a pass looks for meetings that have ended: longer than any pause between two of them. */
const lookBack = 24 * 3_600_000

/**
 * One pass over all pairs: where no meeting is ahead the next is made, and what the last one did not reach goes
 * on to it. Dates are read as the calendar, rows are written as the pair.
 */
export const keepRhythms = async ({
  database,
  bus,
  now,
}: {
  readonly database: Database
  readonly bus: Bus
  readonly now: Date
}): Promise<void> => {
  const [without, met] = await database.read(
    asSystem('calendar'),
    pairsOutOfRhythm(now),
    pairsJustMet(new Date(now.getTime() - lookBack), now),
  )
  for (const id of new Set([...without, ...met].map(row => row.id))) {
    const changed = await database.as(asPair(id), async tx => {
      const pair = await tx.first(pairById(id))
      return pair ? keepRhythm(tx, pair, now) : false
    })
    if (changed) await bus.publish({ channel: 'meeting', pair: id, id, event: 'changed' })
  }
}
