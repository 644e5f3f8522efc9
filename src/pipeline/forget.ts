import { backgroundPriority, enqueueChore } from '../store/jobs.ts'
import { forgetPrepared } from '../store/prepared.ts'
import { forgetRunOut } from '../store/schedules.ts'
import type { Chore } from './chore.ts'
import type { Schedule } from './schedule.ts'

/** Takes away what has run out: sessions, links, tries at signing in, and what was prepared for meetings. */
export const forget: Chore<true> = {
  name: 'forget',
  load: async () => true,
  run: async () => ({
    engine: 'none',
    counts: {},
    next: [],
    write: async tx => void (await tx.run(...forgetRunOut(), forgetPrepared())),
  }),
}

/** Once a day, by the calendar of UTC. */
export const forgetDaily: Schedule = {
  name: 'forget',
  everySeconds: 3_600,
  run: async (database, now) => {
    const [added = 0] = await database.asSystem('retention', tx =>
      tx.run(
        enqueueChore({
          kind: 'forget',
          key: `forget:${now.toISOString().slice(0, 10)}`,
          purpose: 'retention',
          priority: backgroundPriority,
        }),
      ),
    )
    return added
  },
}
