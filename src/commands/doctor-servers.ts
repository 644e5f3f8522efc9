import type { ServerConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'

interface Check {
  readonly subject: string
  readonly ok: boolean
  readonly says: string
}

/** Whether PostgreSQL and Redis let us in, with the schema, the role and the policy that they need. Changes nothing. */
export const serversAnswer = async ({ databaseUrl, redis }: ServerConfig): Promise<Check[]> => {
  const [{ openPostgres }, { openRedis }] = await Promise.all([
    import('../store/postgres.ts'),
    import('../redis.ts'),
  ])
  return Promise.all([
    check('database', `${placeOf(databaseUrl)}, the newest schema, a role that policies bind`, () =>
      openPostgres({ url: databaseUrl, connections: 1 }),
    ),
    check('Redis', `${placeOf(redis.url)}, keeps every job`, () => openRedis(redis)),
  ])
}

/** Opens it as the program would, and closes it again. */
const check = async (subject: string, fine: string, open: () => Promise<AsyncDisposable>): Promise<Check> => {
  try {
    await using opened = await open()
    void opened
    return { subject, ok: true, says: fine }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { subject, ok: false, says: error.message }
  }
}

/** Never the password. */
const placeOf = (address: string): string =>
  address
    .split(',')
    .map(one => new URL(one).host)
    .join(', ')
