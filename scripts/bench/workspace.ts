import { openSession } from '../../src/store/accounts.ts'
import type { Database, Tx } from '../../src/store/database.ts'
import { insertFinding, type NewFindingRecord } from '../../src/store/findings.ts'
import { hashToken, newToken } from '../../src/store/links.ts'
import { insertMeeting } from '../../src/store/meetings.ts'
import { insertPair } from '../../src/store/pairs.ts'
import { type FilledPair, fillPair, makePerson } from '../../test/support/rows.ts'

/** As they are called in the files too. */
export const managerName = 'Mara Holt'
export const reportName = 'Jonas Veld'

const week = 7 * 24 * 3_600_000
const weeksInYear = 50

/**
 * A year of weekly meetings with what was found in each, nearly all of it gone through: the last
 * meeting waits, and a dozen promises are open.
 */
export const fillYear = async (database: Database, name: string): Promise<FilledPair> => {
  const filled = await fillPair(database, name)
  await database.asPerson(filled.manager, async tx => {
    for (let ago = weeksInYear; ago >= -1; ago--) {
      const instant = new Date(Date.now() - ago * week).toISOString()
      const held = await tx.first(insertMeeting(filled.pair, instant, 30, ago < 0 ? 'planned' : 'held'))
      if (held && ago >= 0) await fillMeeting(tx, filled, held.id, ago)
    }
  })
  return filled
}

const fillMeeting = async (
  tx: Tx,
  { pair, manager, report }: FilledPair,
  meeting: string,
  weeksAgo: number,
): Promise<void> => {
  const waits = weeksAgo === 0
  const common = { meeting, transcript: null, text: 'Send the list of late orders', confidence: 0.8 }
  const evidence = [
    { line: 12, cues: [12, 13] as const, quote: "I'll send you the list of late orders by Friday" },
  ]
  const items = Array.from({ length: 4 }, (_, index) => ({
    ...common,
    evidence,
    kind: 'action-item' as const,
    state: waits ? ('proposed' as const) : weeksAgo < 4 ? ('open' as const) : ('done' as const),
    owner: index % 2 === 0 ? manager : report,
    due: '2026-04-10',
  }))
  const others = (['decision', 'decision', 'roadblock', 'roadblock'] as const).map(kind => ({
    ...common,
    evidence,
    kind,
    state: waits ? ('proposed' as const) : ('confirmed' as const),
  }))
  const found: NewFindingRecord[] = [...items, ...others]
  await tx.several(...found.map(finding => insertFinding(pair, finding, waits ? null : manager)))
}

/** A 1:1 of somebody with a new report; no meetings yet. */
export const makePair = async (database: Database, manager: string): Promise<string> => {
  const report = await makePerson(database, reportName)
  const wish = { timezone: 'Europe/Berlin', language: 'en', cadenceDays: 7, minutes: 60 }
  const made = await database.asPerson(manager, tx =>
    tx.first(insertPair({ managerId: manager, reportId: report, ...wish })),
  )
  if (!made) throw new Error('no pair')
  return made.id
}

/** One meeting each week until now, the oldest first. */
export const makeMeetings = (
  database: Database,
  manager: string,
  pair: string,
  count: number,
): Promise<string[]> =>
  database.asPerson(manager, async tx => {
    const made: string[] = []
    for (let ago = count; ago > 0; ago--) {
      const instant = new Date(Date.now() - ago * week).toISOString()
      const meeting = await tx.first(insertMeeting(pair, instant, 60))
      if (meeting) made.push(meeting.id)
    }
    return made
  })

/** A session of a person, as the cookie that opens it. */
export const cookieOf = async (database: Database, person: string): Promise<string> => {
  const token = newToken()
  await database.asSystem('sign-in', tx => tx.run(openSession(person, hashToken(token), 'A benchmark')))
  return `__Host-rapport=${token}`
}
