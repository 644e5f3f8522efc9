import type { Piece } from './cues.ts'
import type { Source } from './decode.ts'
import type { Format } from './format.ts'
import type { Reason } from './refuse.ts'
import type { Problem, Timing } from './transcript.ts'

/** Source cues as they stand in a file, and who speaks in them. */
export interface Reading {
  readonly format: Format
  /** All source cues, empty ones included. */
  readonly cues: number
  /** Speakers as the file writes them, also where it says "Unknown Speaker". */
  readonly pieces: readonly Piece[]
  readonly problems: readonly Problem[]
  /** Left out: exact when there are times, none when there are not. */
  readonly timing?: Timing
}

/** What one family makes of a file: its reading, the reason why nobody speaks in it, or null: not mine. */
export type Reader = (source: Source) => Reading | Reason | null

/** The answer of the first that knows the file. */
export const firstOf =
  (readers: readonly Reader[]): Reader =>
  source => {
    for (const read of readers) {
      const answer = read(source)
      if (answer) return answer
    }
    return null
  }
