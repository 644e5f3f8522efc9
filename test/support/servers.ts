import { randomUUID } from 'node:crypto'
import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { inject } from 'vitest'
import { applicationUrl, ownerUrlOf, type ServerAddresses } from './template.ts'

/** The servers of this run, started for the first who asks. */
export const servers = async (): Promise<ServerAddresses> => {
  const answer = JSON.parse(await text(createConnection(inject('servers')))) as
    | ServerAddresses
    | { readonly error: string }
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

export interface OwnDatabase extends AsyncDisposable {
  readonly ownerUrl: string
  /** Of the application's role. */
  readonly url: string
  readonly redisUrl: string
}

/** A database of its own on the server, gone at the end; with the newest schema unless `empty`. */
export const ownDatabase = async (content: 'migrated' | 'empty' = 'migrated'): Promise<OwnDatabase> => {
  const { ownerUrl, redisUrl, template } = await servers()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(ownerUrl, `create database ${name}${content === 'migrated' ? ` template ${template}` : ''}`)
  return {
    ownerUrl: ownerUrlOf(ownerUrl, name),
    url: applicationUrl(ownerUrl, name),
    redisUrl,
    [Symbol.asyncDispose]: () => asOwner(ownerUrl, `drop database ${name} with (force)`),
  }
}

/** One statement as the superuser, whom no policy binds. Two at once may want the same template: tried again. */
export const asOwner = async (url: string, statement: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.query(statement)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || tries === 50) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    } finally {
      await client.end()
    }
  }
}

/** Every row of every table as the superuser sees it, whom no policy binds; a table at a time. */
export async function* rowsOnServer(ownerUrl: string): AsyncGenerator<string> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
    )
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t`)
      yield rows.map(({ row }) => row).join('\n')
    }
  } finally {
    await client.end()
  }
}
