import { parentPort } from 'node:worker_threads'
import { offlineCoach } from '../coach/offline/coach.ts'
import { readTranscript } from '../domain/transcript/read.ts'
import type { AnalysisReply, AnalysisRequest } from './analysis.ts'

/** The thread in which strangers' files are read and searched for promises: a slow one delays nobody's page. */
const port = parentPort
if (!port) throw new Error('analysis-worker runs as a worker thread')

const coach = offlineCoach()

const answer = async (request: AnalysisRequest): Promise<unknown> =>
  request.task === 'read' ? readTranscript(request.bytes) : coach.extract(request.input)

port.on('message', (request: AnalysisRequest) => {
  answer(request).then(
    value => port.postMessage({ id: request.id, value } satisfies AnalysisReply),
    // The message of an unexpected error may quote the file: only its kind leaves the thread.
    (error: unknown) =>
      port.postMessage({
        id: request.id,
        failure: error instanceof Error ? error.name : 'unknown',
      } satisfies AnalysisReply),
  )
})
