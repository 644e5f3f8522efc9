import type { Identity } from './database.ts'
import type { Statement } from './sql.ts'

/** What the main thread and the database's worker thread say to each other. */
export interface WorkerStart {
  readonly folder: string
  readonly migrations: string
}

export interface WorkerRequest {
  readonly id: number
  /** Opens a transaction as this identity before the first statement. */
  readonly begin?: Identity
  readonly readOnly?: boolean
  readonly statements: readonly Statement[]
  readonly end?: 'commit' | 'rollback'
  /** Outside any transaction: checkpoint and vacuum. */
  readonly maintain?: boolean
  /** Outside any transaction: a copy of all files, as of now, into a folder that does not exist yet. */
  readonly copyTo?: string
  readonly close?: boolean
}

export interface StatementResult {
  readonly rows: readonly unknown[]
  readonly count: number
}

export type WorkerReply =
  | { readonly id: number; readonly results: readonly StatementResult[] }
  | { readonly id: number; readonly error: WorkerFailure }

/** An error as it may leave the thread: SQLSTATE, constraint, a sentence without any row's words. */
export interface WorkerFailure {
  readonly code: string
  readonly constraint: string | undefined
  readonly summary: string
  /** A refusal (an older program on a newer folder) keeps its status to be thrown as such. */
  readonly refusal?: { readonly status: number }
}
