import { Client } from 'pg'
import { migratePostgres } from '../../src/store/postgres-migrate.ts'
import { applicationUrl, ownerUrlOf } from '../../test/support/template.ts'
import { findServices } from '../services/find.ts'
import { type Services, startServices } from '../services/start.ts'

/** Servers for one part of the benchmark. */
export interface BenchServers extends AsyncDisposable {
  readonly services: Services
  /** A new database with the newest schema: addresses of its owner and of the application. */
  newDatabase(name: string): Promise<{ readonly ownerUrl: string; readonly url: string }>
  /** The same, filled once where the servers' folder is kept: what breaks off is filled anew. */
  filledDatabase(
    name: string,
    fill: (ownerUrl: string, url: string) => Promise<void>,
  ): Promise<{ readonly ownerUrl: string; readonly url: string }>
}

/** PostgreSQL with every write on the disk, Redis with its file; PostgreSQL's data in `keep`, or gone at the end. */
export const openBenchServers = async (keep: string | null): Promise<BenchServers> => {
  const installed = findServices()
  if (typeof installed === 'string') throw new Error(installed)
  const services = await startServices(installed, {
    durable: true,
    redisLog: true,
    ...(keep === null ? {} : { keep }),
  })
  const addressesOf = (name: string) => ({
    ownerUrl: ownerUrlOf(services.ownerUrl, name),
    url: applicationUrl(services.ownerUrl, name),
  })
  const asOwner = async (statement: string, values: readonly string[] = []) => {
    const owner = new Client({ connectionString: services.ownerUrl })
    await owner.connect()
    try {
      return (await owner.query(statement, [...values])).rowCount ?? 0
    } finally {
      await owner.end()
    }
  }
  const newDatabase: BenchServers['newDatabase'] = async name => {
    await asOwner(`drop database if exists ${name} with (force)`)
    await asOwner(`create database ${name}`)
    const made = addressesOf(name)
    await migratePostgres(made)
    return made
  }
  return {
    services,
    newDatabase,
    async filledDatabase(name, fill) {
      if ((await asOwner('select from pg_database where datname = $1', [name])) === 0) {
        const { ownerUrl, url } = await newDatabase('filling')
        await fill(ownerUrl, url)
        await asOwner(`alter database filling rename to ${name}`)
      }
      const filled = addressesOf(name)
      // It may have been kept since an earlier version.
      await migratePostgres(filled)
      return filled
    },
    [Symbol.asyncDispose]: () => services[Symbol.asyncDispose](),
  }
}
