import type { AnyChore } from './chore.ts'
import { forget, forgetDaily } from './forget.ts'
import { embedAgainChore, renewVectorsChore } from './embed-again.ts'
import { keepingSchedule } from './keeping.ts'
import { readAgainChore } from './read-again.ts'
import type { Schedule } from './schedule.ts'

/** All work that is no step of a transcript, by name. */
export const chores = (): readonly AnyChore[] => [forget, readAgainChore, embedAgainChore, renewVectorsChore]

/** What looks by itself whether some of it has become due. */
export const schedules: readonly Schedule[] = [forgetDaily, keepingSchedule]
