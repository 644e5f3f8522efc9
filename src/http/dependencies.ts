import type { Bus, Clock, Embedders } from '../domain/ports.ts'
import type { CoachDesk, Writer } from '../domain/coach-desk.ts'
import type { Queue } from '../queue/queue.ts'
import type { Database } from '../store/database.ts'
import type { Metrics } from './metrics.ts'

/** What a resource's plugin is given. Nothing reaches a route but through here. */
export interface Dependencies {
  readonly database: Database
  readonly clock: Clock
  readonly queue: Pick<Queue, 'wake'>
  readonly bus: Bus
  readonly embedders: Embedders
  readonly coach: CoachDesk
  readonly writer: Writer
  /** The https address people type; null on loopback. */
  readonly publicUrl: string | null
  /** Counts answers and listeners, where somebody asks for figures. */
  readonly metrics?: Metrics | undefined
  /** E-mails leave this machine; without, they are kept to be read in the page. */
  readonly mailed?: boolean
  /** The folder that is watched for transcripts; null or left out where there is none. */
  readonly inbox?: string | null
}
