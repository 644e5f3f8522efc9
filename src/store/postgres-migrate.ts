import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { Refusal } from '../domain/errors.ts'
import { migrate, type MigrationSession, readMigrations } from './migrate.ts'
import { ourMigrations } from './migrations.ts'

export interface PostgresMigration {
  /** Of the role that owns the tables: it may make roles and extensions, and bypasses row-level security. */
  readonly ownerUrl: string
  /** Of the application's role, which is made, or given this password. */
  readonly url: string
  readonly migrations?: string
}

/**
 * Brings a server to the newest schema and lets the application in. Two at once take turns.
 *
 * @returns the names of the migrations that ran.
 * @throws Refusal as `migrate` does, `database-unreachable`, and `database-role` where the roles cannot do it.
 */
export const migratePostgres = async ({
  ownerUrl,
  url,
  migrations = ourMigrations,
}: PostgresMigration): Promise<string[]> => {
  const known = await readMigrations(migrations)
  const client = await connectOwner(ownerUrl, 'rapport migrate')
  try {
    const done = await migrate(sessionOf(client), known)
    await letIn(client, url)
    return done
  } finally {
    await client.end()
  }
}

/**
 * Signs in as the role that owns the tables.
 *
 * @throws Refusal `database-unreachable`, and `database-role` where row-level security binds it.
 */
export const connectOwner = async (ownerUrl: string, application: string): Promise<Client> => {
  const client = new Client({ connectionString: ownerUrl, application_name: application })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const { code } = error as { code?: string }
    throw new Refusal(
      'database-unreachable',
      500,
      `The database of DATABASE_MIGRATION_URL cannot be reached or refuses to let us in (${code ?? 'no answer'}).`,
    )
  }
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper or (rolbypassrls and rolcreaterole) as may from pg_roles where rolname = current_user',
  )
  if (rows[0]?.may) return client
  await client.end()
  throw new Refusal(
    'database-role',
    500,
    'The user of DATABASE_MIGRATION_URL must be a superuser, or have BYPASSRLS and CREATEROLE: ' +
      'row-level security is forced, so a mere owner would change nothing, in silence.',
  )
}

export const sessionOf = (client: Client): MigrationSession => ({
  exec: async script => void (await client.query(script)),
  rows: async (statement, values = []) =>
    (await client.query<Record<string, unknown>>(statement, [...values])).rows,
})

/** The role of the application's address may sign in, with that address's password, and has its rights. */
const letIn = async (client: Client, url: string): Promise<void> => {
  const { username, password } = new URL(url)
  const role = decodeURIComponent(username)
  if (!/^[a-z_][a-z0-9_]*$/.test(role))
    throw new Refusal(
      'database-role',
      500,
      'DATABASE_URL names no user, or one with other signs than a-z, 0-9 and _. Choose rapport_app, for instance.',
    )
  const { rows } = await client.query<{ login: boolean; strong: boolean }>(
    'select rolcanlogin as login, rolsuper or rolbypassrls as strong from pg_roles where rolname = $1',
    [role],
  )
  if (rows[0]?.strong)
    throw new Refusal(
      'database-role',
      500,
      `${role} of DATABASE_URL is a user whom row-level security does not bind. Choose another, which this makes: rapport_app, for instance.`,
    )
  const secret = password === '' ? '' : ` password '${scramOf(decodeURIComponent(password))}'`
  await client.query('select pg_advisory_lock(7294001)')
  try {
    if (rows.length === 0) await client.query(`create role "${role}" login nosuperuser nobypassrls${secret}`)
    else await client.query(`alter role "${role}" login${secret}`)
    if (role !== 'rapport_app') await client.query(`grant rapport_app to "${role}"`)
  } finally {
    await client.query('select pg_advisory_unlock(7294001)')
  }
}

const rounds = 4_096

/** What the server keeps of a password (RFC 5802), made here so that its log never sees the password. */
const scramOf = (password: string): string => {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, rounds, 32, 'sha256')
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
