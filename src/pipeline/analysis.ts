import { Worker } from 'node:worker_threads'
import { Refusal } from '../domain/errors.ts'
import { readingCoach } from '../coach/offline/coach.ts'
import type { Coach, Extraction, ExtractInput } from '../domain/ports.ts'
import type { Transcript } from '../domain/transcript/transcript.ts'

export type AnalysisRequest =
  | { readonly id: number; readonly task: 'read'; readonly bytes: Uint8Array }
  | { readonly id: number; readonly task: 'extract'; readonly input: ExtractInput }

export type AnalysisReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string }

/** Reading and the offline coach, away from the thread that answers people. */
export interface Analysis extends AsyncDisposable {
  readTranscript(bytes: Uint8Array, signal: AbortSignal): Promise<Transcript>
  readonly coach: Coach
}

interface Asker {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** No honest file takes longer (16 MB reads in about a second): what does is stopped with its thread. */
const longestTask = 60_000

/**
 * Starts the thread on first use. A task that is aborted or takes longer than a minute ends the
 * thread, the only way to stop a computation; the next task gets a new one.
 */
export const openAnalysis = (limit = longestTask): Analysis => {
  let worker: Worker | undefined
  let last = 0
  const asking = new Map<number, Asker>()

  const stop = async (error: Error) => {
    const ended = worker
    worker = undefined
    for (const { reject } of asking.values()) reject(error)
    asking.clear()
    await ended?.terminate()
  }
  const start = () => {
    const made = new Worker(new URL('./analysis-worker.ts', import.meta.url))
    made.unref()
    made.on('message', (reply: AnalysisReply) => {
      const asker = asking.get(reply.id)
      asking.delete(reply.id)
      if ('failure' in reply) asker?.reject(new Error(`the analysis thread failed (${reply.failure})`))
      else asker?.resolve(reply.value)
    })
    made.on('error', () => undefined)
    made.once('exit', () => {
      if (made === worker) void stop(new Error('the analysis thread ended'))
    })
    return made
  }
  const ask = async (
    request:
      | Omit<Extract<AnalysisRequest, { task: 'read' }>, 'id'>
      | Omit<Extract<AnalysisRequest, { task: 'extract' }>, 'id'>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> => {
    signal?.throwIfAborted()
    worker ??= start()
    const current = worker
    const id = ++last
    const tooSlow = setTimeout(
      () =>
        void stop(new Refusal('reading-too-slow', 422, 'Reading this file took too long and was stopped.')),
      limit,
    )
    const onAbort = () => void stop(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        asking.set(id, { resolve, reject })
        current.postMessage({ ...request, id })
      })
    } finally {
      clearTimeout(tooSlow)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  return {
    readTranscript: async (bytes, signal) => (await ask({ task: 'read', bytes }, signal)) as Transcript,
    coach: {
      engine: 'offline',
      extract: async (input, options) =>
        (await ask({ task: 'extract', input }, options?.signal)) as Extraction,
      ...readingCoach,
    },
    [Symbol.asyncDispose]: () => stop(new Error('the analysis thread is closed')),
  }
}
