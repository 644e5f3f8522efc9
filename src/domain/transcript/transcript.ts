import type { Format } from './format.ts'

/**
 * A transcript after reading: source cues merged into numbered lines. Reading never throws; what
 * could not be understood is a `Problem`, and a file without a spoken line has `lines: []`.
 */

/** The stretch of a line's text that came from one source cue, as `[from, to)` in UTF-16 units. */
export interface CueSpan {
  /** Index of the source cue, counted from 0 over the whole file, empty cues included. */
  readonly cue: number
  readonly from: number
  readonly to: number
}

/** A run of adjacent cues of one speaker. */
export interface Line {
  /** Counted from 1. */
  readonly no: number
  /** The label exactly as in the file; null when the file names nobody here. */
  readonly speaker: string | null
  /** Seconds from the start of the recording; null when unknown. */
  readonly start: number | null
  readonly end: number | null
  readonly text: string
  /** Ordered, not overlapping, at least one. */
  readonly spans: readonly CueSpan[]
}

export interface Problem {
  readonly code: string
  readonly message: string
  /** Line of the source file, counted from 1, where that is known. */
  readonly line?: number
}

/** `exact`: each cue has its own stamp. `interpolated`: stamps are coarse, times between are estimates. */
export type Timing = 'exact' | 'interpolated' | 'none'
/** `labelled`: labels tell voices apart but are not names ("SPEAKER_01", "Speaker A"). */
export type Speakers = 'named' | 'labelled' | 'none'

export interface Transcript {
  /** The family that was recognised; `unknown` when refused. */
  readonly format: Format
  readonly timing: Timing
  readonly speakers: Speakers
  readonly counts: { readonly cues: number; readonly lines: number; readonly speakers: number }
  readonly lines: readonly Line[]
  readonly problems: readonly Problem[]
  /** Set when no spoken line was found: the one sentence a person reads. */
  readonly refusal: { readonly code: string; readonly message: string } | null
}
