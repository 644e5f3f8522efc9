import { type CustomTypesConfig, Pool, type PoolClient, type QueryResult, types as usual } from 'pg'
import { DatabaseError } from './database.ts'
import type { StatementResult } from './embedded-protocol.ts'
import { onlyRows } from './only-rows.ts'
import type { Statement } from './sql.ts'

/** How long a statement may run, and wait for a lock, in milliseconds; as the embedded thread's limit. */
const longestStatement = 30_000
const longestWait = 10_000
/** A transaction whose work has come to nothing keeps no rows locked. */
const longestPause = 60_000

const { BYTEA: bytea, INT8: int8, DATE: date } = usual.builtins
const readBytes = usual.getTypeParser(bytea) as (text: string) => Uint8Array
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [bytea]: text => new Uint8Array(readBytes(text)),
  [int8]: Number,
  [date]: String,
}
/** As PGlite reads them: bytes are bytes alone, whole numbers are numbers, a day stays the text it is. */
const types: CustomTypesConfig = {
  getTypeParser: (type, format) => parsers[type] ?? usual.getTypeParser(type, format),
}

/** Every transaction begins with this text, so that the limits hold behind a pooler too. */
export const limits =
  `set local statement_timeout = ${longestStatement}; set local lock_timeout = ${longestWait}; ` +
  `set local idle_in_transaction_session_timeout = ${longestPause}`

export interface PoolOptions {
  readonly url: string
  /** Connections at most. */
  readonly connections: number
}

/**
 * Statements are sent without waiting for the answer to the one before: a transaction of several
 * queries is one message there and one back.
 */
export const openPool = ({ url, connections }: PoolOptions): Pool => {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'rapport',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types,
    // Known to pg since 8.23; its types do not know it yet.
    ...({ pipeline: true } as object),
  })
  // A connection that ends while nobody uses it is replaced when somebody does.
  pool.on('error', () => undefined)
  return pool
}

/** A name for a text, by which a connection parses and plans it once. */
const names = new Map<string, string>()
const nameOf = (text: string): string | undefined => {
  const known = names.get(text)
  if (known !== undefined) return known
  // More texts than the program has: built of many parts, they are planned each time.
  if (names.size >= 1_000) return undefined
  const made = `r${names.size + 1}`
  names.set(text, made)
  return made
}

interface Corked {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } }
}

/**
 * Sends it all at once, between texts of our own that open and close the transaction.
 *
 * @throws the first error; what follows it has not run, and `end` has rolled back.
 */
export const send = async (
  client: PoolClient,
  statements: readonly Statement[],
  begin = '',
  end = '',
): Promise<StatementResult[]> => {
  const { stream } = (client as unknown as Corked).connection
  const bound = statements.map(({ text, values }) => {
    const name = nameOf(onlyRows(text))
    return { text, values: [...values], ...(name === undefined ? { queryMode: 'extended' } : { name }) }
  })
  stream.cork()
  let asked: Promise<QueryResult>[]
  try {
    asked = [
      ...(begin === '' ? [] : [client.query(begin)]),
      ...bound.map(statement => client.query(statement)),
      ...(end === '' ? [] : [client.query(end)]),
    ]
  } finally {
    stream.uncork()
  }
  const answers = await Promise.allSettled(asked)
  const failed = answers.find(answer => answer.status === 'rejected')
  if (failed) throw failed.reason
  const first = begin === '' ? 0 : 1
  return answers
    .slice(first, first + statements.length)
    .map(answer => (answer as PromiseFulfilledResult<QueryResult>).value)
    .map(({ rows, rowCount, command }) => ({ rows, count: command === 'SELECT' ? 0 : (rowCount ?? 0) }))
}

/** The connection is gone, or was never made: nothing else may be sent over it. */
export const isLost = (error: unknown): boolean => {
  const { code } = error as { code?: string }
  return code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(?:08|57P)/.test(code)
}

/** As it may leave the store: code, constraint, and no row's words. Only class 42 is about the statement alone. */
export const failure = (error: unknown): unknown => {
  if (error instanceof RangeError || error instanceof DatabaseError) return error
  const { code, constraint, message } = error as Error & { code?: string; constraint?: string }
  if (code === '42501' || code?.startsWith('42')) return new DatabaseError(code, constraint, message)
  if (isLost(error)) return new DatabaseError('08006', undefined, 'the database cannot be reached')
  return new DatabaseError(code ?? 'XX000', constraint, `the database refused (${code ?? 'unknown'})`)
}
