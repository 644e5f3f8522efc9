import { z } from 'zod'
import { asPair, asPerson, asSystem, type Database, type Identity } from '../../src/store/database.ts'
import { name, query, sql } from '../../src/store/sql.ts'

const Table = z.object({ name: z.string() })
/** Tables and views of the schema, asked of the catalogue: a new one is looked through by itself. */
const tables = query(
  Table,
  sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace
    and relkind in ('r', 'p', 'v', 'm') order by relname`,
)
const Row = z.object({ row: z.unknown() })
export const purposes = ['sign-in', 'jobs', 'calendar', 'retention', 'intake'] as const

/** Bytes are also read as what they spell: a note's updates hold its words. */
const spelled = (text: string): string =>
  [
    text,
    ...[...text.matchAll(/\\\\x([0-9a-f]{2,})/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').toString('latin1'),
    ),
  ].join('\n')

/** Every live row that an identity can read, one a line, by table. A table it has no right to has none. */
export const rowsSeenBy = async (database: Database, identity: Identity): Promise<Map<string, string>> => {
  const seen = new Map<string, string>()
  for (const { name: table } of await database.asSystem('jobs', tx => tx.all(tables))) {
    const rows = await database
      .as(identity, tx => tx.all(query(Row, sql`select to_jsonb(t) as row from ${name(table)} t`)))
      .catch((error: unknown) => {
        if (String((error as { code?: unknown }).code) !== '42501') throw error
        return []
      })
    if (rows.length > 0)
      seen.set(table, spelled(rows.map(({ row }) => `${table} ${JSON.stringify(row)}`).join('\n')))
  }
  return seen
}

/**
 * Every live row of every table that anybody who has to do with a pair can read, as one text
 * (test/store/walls.test.ts fails for a table that none of these identities sees).
 */
export const everythingKept = async (
  database: Database,
  { pair, manager, report }: { readonly pair: string; readonly manager: string; readonly report: string },
): Promise<string> => {
  const found = new Set<string>()
  for (const identity of [asPerson(manager), asPerson(report), asPair(pair), ...purposes.map(asSystem)])
    for (const rows of (await rowsSeenBy(database, identity)).values())
      for (const row of rows.split('\n')) found.add(row)
  return [...found].join('\n')
}
