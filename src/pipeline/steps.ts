import type { Coach, Embedder, Embedders } from '../domain/ports.ts'
import type { Analysis } from './analysis.ts'
import { embedStep } from './embed.ts'
import { extractStep } from './extract.ts'
import { linkStep } from './link.ts'
import { readStep } from './read.ts'
import type { AnyStep } from './step.ts'

export interface StepDependencies {
  readonly analysis: Pick<Analysis, 'readTranscript'>
  readonly coach: Coach
  /** The bundled one: what compares roadblocks was weighed with its vectors. */
  readonly embedder: Embedder
  /** For search. */
  readonly embedders: Embedders
}

/** The way a transcript goes, in order. Finding promises never waits for vectors. */
export const afterMeeting = ({
  analysis,
  coach,
  embedder,
  embedders,
}: StepDependencies): readonly AnyStep[] => [
  readStep(analysis),
  extractStep(coach),
  linkStep(coach, embedder),
  embedStep(embedders),
]
