import type { Visitor } from './program.ts'
import { report } from './talks.ts'

export interface OneOnOne {
  readonly pair: string
  /** The first meeting. */
  readonly meeting: string
  /** The person who has not joined yet. */
  readonly other: string
}

/** A 1:1 whose manager is the one who asks. */
export const startOneOnOne = async (
  manager: Visitor,
  firstMeeting = '2026-03-10T09:00',
  name = report,
): Promise<OneOnOne> => {
  const { body: pair } = await manager.ask('POST', '/api/pairs', {
    me: 'manager',
    other: { name },
    timezone: 'Europe/Berlin',
    firstMeeting,
  })
  const { body: page } = await manager.ask('GET', `/api/pairs/${pair.id}`)
  return { pair: pair.id, meeting: page.meetings[0].id, other: pair.report.id }
}

export const planMeeting = async (who: Visitor, pair: string, local: string): Promise<string> =>
  (await who.ask('POST', `/api/pairs/${pair}/meetings`, { local })).body.id

/** A day from today on: what was not reached in a meeting that is over goes on to the next by itself. */
export const dayAhead = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** "Tuesday 17 March" */
export const dayTitle = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00Z`))
