import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The servers installed on this machine: for tests and benchmarks of the server size. */
export interface Installed {
  /** Folder of `postgres` and `initdb`. */
  readonly postgres: string
  readonly redis: string
}

const onPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(file => existsSync(file))

/** Debian keeps each version apart; the newest with pgvector is taken. */
const postgresFolder = (): string | undefined => {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return undefined
  return readdirSync(root)
    .toSorted((one, other) => Number(other) - Number(one))
    .filter(version => existsSync(`/usr/share/postgresql/${version}/extension/vector.control`))
    .map(version => join(root, version, 'bin'))
    .find(folder => existsSync(join(folder, 'initdb')))
}

/** What is there, or the sentence that says what is missing. */
export const findServices = (): Installed | string => {
  const postgres = postgresFolder()
  const redis = onPath('redis-server') ?? onPath('/usr/bin/redis-server')
  if (postgres && redis) return { postgres, redis }
  const missing = [postgres ? [] : ['PostgreSQL with pgvector'], redis ? [] : ['Redis']].flat().join(' and ')
  return `${missing} not found: scripts/install-services.sh installs it`
}
