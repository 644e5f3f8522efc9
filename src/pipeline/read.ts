import { passagesOf } from '../domain/passages.ts'
import { matchLabels } from '../domain/roster.ts'
import { pairById, rememberLabels } from '../store/pairs.ts'
import { storeTranscriptPassages } from '../store/passages.ts'
import { storeReading, transcriptFile } from '../store/transcripts.ts'
import type { Analysis } from './analysis.ts'
import type { Step } from './step.ts'

interface Input {
  readonly pair: string
  readonly transcript: string
  readonly bytes: Uint8Array
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

/** Bytes to numbered lines, passages to search by words, and voices told by their names alone. */
export const readStep = (analysis: Pick<Analysis, 'readTranscript'>): Step<Input> => ({
  name: 'read',

  async load(tx, { pair: pairId, transcript }) {
    const [[file], [pair]] = await tx.several(transcriptFile(pairId, transcript), pairById(pairId))
    if (!file || !pair) return undefined
    const people = [
      { id: pair.managerId, name: pair.managerName },
      { id: pair.reportId, name: pair.reportName },
    ]
    return { pair: pairId, transcript, bytes: file.bytes, people }
  },

  async run({ signal, progress }, { pair, transcript, bytes, people }) {
    const read = await analysis.readTranscript(bytes, signal)
    progress(0.6)
    const passages = passagesOf(read.lines)
    const voices = [...new Set(read.lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
    const labels = matchLabels(voices, people).map(({ label, person }) => ({ label, personId: person.id }))
    return {
      engine: 'reader',
      counts: { lines: read.counts.lines, cues: read.counts.cues, problems: read.problems.length },
      next: read.refusal ? [] : ['extract'],
      async write(tx) {
        await tx.run(
          ...storeReading(pair, transcript, read),
          ...storeTranscriptPassages(pair, transcript, passages),
          rememberLabels(pair, labels, null),
        )
      },
    }
  },
})
