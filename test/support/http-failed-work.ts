import { Identified } from '../../src/store/columns.ts'
import type { Database } from '../../src/store/database.ts'
import { enqueueChore } from '../../src/store/jobs.ts'
import { query, sql } from '../../src/store/sql.ts'
import type { Expectation, Role } from './http-expectations.ts'

/** Work that has failed for good, of a kind that nobody knows: tried again, it soon fails again. */
export const failedJob = async (database: Database, about: { pair?: string; person?: string } = {}) => {
  const key = `nothing:${crypto.randomUUID()}`
  return database.asSystem('jobs', async tx => {
    // Far ahead, so that nobody takes it before it has failed.
    await tx.run(
      enqueueChore({ kind: 'nothing', key, priority: 0, notBefore: '2126-01-01T00:00:00Z', ...about }),
    )
    const failed = await tx.first(
      query(
        Identified,
        sql`update job set state = 'failed', failures = 3, attempt = 3, reason = 'internal', finished_at = now()
          where key = ${key} returning id`,
      ),
    )
    if (!failed) throw new Error('no job')
    return failed.id
  })
}

const administrators = ({ administrator }: Role) => administrator

/** Who may ask for what has failed: administrators, and nobody by knowing its id. */
export const failedWorkExpectations: Record<string, Expectation> = {
  'GET /api/failed-work': { may: administrators, status: 200 },
  'POST /api/failed-work/retry': { may: administrators, status: 200 },
  'POST /api/failed-work/{job}/retry': {
    may: administrators,
    status: 200,
    wish: async ({ program }) => ({ ids: { job: await failedJob(program.database) } }),
  },
}
