import { setTimeout as wait } from 'node:timers/promises'
import { hashPassword } from '../http/passwords.ts'
import type { Running } from '../main.ts'
import { appendText } from '../notes/log.ts'
import { writePassword } from '../store/accounts.ts'
import { unfinishedFinding } from '../store/jobs.ts'
import { joinAs, makeOwner } from '../store/links.ts'
import { pairById } from '../store/pairs.ts'
import { loadSample, readSample } from '../store/sample.ts'

interface SamplePerson {
  readonly name: string
  readonly email: string
  readonly side: 'manager' | 'report'
}

/**
 * Fills an empty workspace with the sample and waits until every meeting is read: the manager owns
 * the workspace, the report has joined, both sign in with `password`.
 */
export const openSampleWorkspace = async (
  { database, wake }: Pick<Running, 'database' | 'wake'>,
  password: string,
): Promise<SamplePerson[]> => {
  const kept = await hashPassword(password)
  const { manager } = await readSample()
  const owner = { id: crypto.randomUUID(), ...manager, email: 'manager@example.org', workspace: 'Sample' }
  await database.asSystem('sign-in', tx => tx.run(...makeOwner(owner), writePassword(owner.id, kept)))
  const pairId = await loadSample(database, owner.id, new Date(), appendText)
  wake()
  const [[pair]] = await database.read({ kind: 'pair', pair: pairId }, pairById(pairId))
  if (!pair) throw new Error('the sample pair is missing')
  const report = { name: pair.reportName, email: 'report@example.org', side: 'report' as const }
  await database.asSystem('sign-in', tx =>
    tx.run(joinAs(pair.reportId, null, report.email), writePassword(pair.reportId, kept)),
  )
  await untilRead(database)
  return [{ name: pair.managerName, email: owner.email, side: 'manager' }, report]
}

const untilRead = async (database: Running['database']): Promise<void> => {
  for (;;) {
    const left = await database.asSystem('jobs', tx => tx.first(unfinishedFinding()))
    if (!left || left.unfinished === 0) return
    await wait(100)
  }
}
