import type { Query, Statement } from './sql.ts'

/** For what a piece of the program reads outside any pair: accounts, pairs, job rows and dates, never content. */
export type Purpose = 'sign-in' | 'jobs' | 'calendar' | 'retention' | 'intake'

/** Who a transaction runs as. Row-level security decides by this and by nothing else. */
export type Identity =
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'pair'; readonly pair: string }
  | { readonly kind: 'system'; readonly purpose: Purpose }

/**
 * A transaction of one identity. It ends with the function it was handed to, which may run again from its
 * beginning where two transactions clash: whatever it does besides must bear that.
 */
export interface Tx {
  /** All rows. */
  all<Row>(query: Query<Row>): Promise<Row[]>
  /** The first row, or undefined. */
  first<Row>(query: Query<Row>): Promise<Row | undefined>
  /** Runs statements without rows; the number of rows each touched. */
  run(...statements: readonly Statement[]): Promise<number[]>
  /** Several queries in one message to the database: one round trip instead of one each. */
  several<const Queries extends readonly Query<unknown>[]>(
    ...queries: Queries
  ): Promise<{ -readonly [K in keyof Queries]: Queries[K] extends Query<infer Row> ? Row[] : never }>
}

/**
 * The database of one workspace. Nothing can be asked without saying as whom, so a forgotten
 * identity is a type error and not a leak.
 */
export interface Database {
  readonly kind: 'embedded' | 'postgres'
  asPerson<T>(person: string, work: (tx: Tx) => Promise<T>): Promise<T>
  asPair<T>(pair: string, work: (tx: Tx) => Promise<T>): Promise<T>
  asSystem<T>(purpose: Purpose, work: (tx: Tx) => Promise<T>): Promise<T>
  as<T>(identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T>
  /** A read-only transaction of known queries in a single message: the cheapest way to build a page. */
  read<const Queries extends readonly Query<unknown>[]>(
    identity: Identity,
    ...queries: Queries
  ): Promise<{ -readonly [K in keyof Queries]: Queries[K] extends Query<infer Row> ? Row[] : never }>
  /** The same for queries that change something and need no answer of one another: one round trip instead of two. */
  change<const Queries extends readonly Query<unknown>[]>(
    identity: Identity,
    ...queries: Queries
  ): Promise<{ -readonly [K in keyof Queries]: Queries[K] extends Query<infer Row> ? Row[] : never }>
  /** Checkpoint and vacuum; a no-op where the server does that itself. */
  maintain(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export const asPerson = (person: string): Identity => ({ kind: 'person', person })
export const asPair = (pair: string): Identity => ({ kind: 'pair', pair })
export const asSystem = (purpose: Purpose): Identity => ({ kind: 'system', purpose })

/** A database refusal reduced to what may be logged: never the row it was about. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** SQLSTATE, e.g. 23505 for a unique violation, 42501 for a policy's refusal. */
  readonly code: string
  readonly constraint: string | undefined

  constructor(code: string, constraint: string | undefined, summary: string) {
    super(summary)
    this.code = code
    this.constraint = constraint
  }
}

/** Whether the database was away, or went while it was asked: what was asked may be asked again. */
export const isAway = (error: unknown): boolean =>
  error instanceof DatabaseError && /^(?:08|57P)/.test(error.code)

/** Whether something was there already; of one constraint, or of any. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  error instanceof DatabaseError &&
  error.code === '23505' &&
  (constraint === undefined || error.constraint === constraint)
