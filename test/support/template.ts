import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { findServices } from '../../scripts/services/find.ts'
import { startServices } from '../../scripts/services/start.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migratePostgres } from '../../src/store/postgres-migrate.ts'

/** What a test file is told of the servers: addresses, and the database to copy. */
export interface ServerAddresses {
  readonly ownerUrl: string
  readonly redisUrl: string
  /** Has every migration and nothing else. */
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder with every migration and nothing else; copying it saves 4 s a test file. */
    template: string
    /** A socket where a test asks for the servers, which are started for the first that does. */
    servers: string
    /** Whether tests run on a folder or on PostgreSQL and Redis; the second only where they are installed. */
    size: 'embedded' | 'server'
  }
}

/** Any name will do: the role is the cluster's, and the cluster is ours. */
export const applicationUrl = (ownerUrl: string, database: string): string => {
  const url = new URL(ownerUrl)
  url.username = 'rapport_app'
  url.password = 'secret of the application'
  url.pathname = `/${database}`
  return url.href
}

export const ownerUrlOf = (ownerUrl: string, database: string): string =>
  Object.assign(new URL(ownerUrl), { pathname: `/${database}` }).href

export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-template-'))
  const opened = new AsyncDisposableStack()
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const database = await openEmbedded({ folder })
  await database[Symbol.asyncDispose]()
  project.provide('template', folder)

  let starting: Promise<ServerAddresses> | undefined
  const start = async (): Promise<ServerAddresses> => {
    const installed = findServices()
    if (typeof installed === 'string') throw new Error(installed)
    const services = opened.use(await startServices(installed))
    const template = `template_${randomUUID().slice(0, 8)}`
    const client = new Client({ connectionString: services.ownerUrl })
    await client.connect()
    await client.query(`create database ${template}`)
    await client.end()
    const ownerUrl = ownerUrlOf(services.ownerUrl, template)
    await migratePostgres({ ownerUrl, url: applicationUrl(ownerUrl, template) })
    return { ownerUrl: services.ownerUrl, redisUrl: services.redisUrl, template }
  }
  const path = join(tmpdir(), `rapport-servers-${randomUUID()}`)
  const asked = createServer(socket => {
    socket.on('error', () => undefined)
    starting ??= start()
    starting.then(
      addresses => socket.end(JSON.stringify(addresses)),
      (error: Error) => socket.end(JSON.stringify({ error: error.message })),
    )
  })
  await new Promise<void>(resolve => asked.listen(path, resolve))
  project.provide('servers', path)
  return async () => {
    asked.close()
    await starting?.catch(() => undefined)
    await opened[Symbol.asyncDispose]()
  }
}
