import type { z } from 'zod'
import type { ExtractJson } from './contract.ts'
import { conversationOf } from './conversation.ts'
import { dueDate, type SaidWhen } from './due-date.ts'
import { proveClaims } from './evidence.ts'
import type { Coach, Evidence, OpenItem, Roster, TalkStretch } from './ports.ts'
import type { Line, Transcript } from './transcript/transcript.ts'

/** Everything `extract` prints about a transcript but the file's own name. */
export type Extracted = Omit<z.infer<typeof ExtractJson>, 'file'>

export interface ExtractionOptions {
  readonly coach: Coach
  readonly roster: Roster
  readonly when: SaidWhen | null
  readonly openItems?: readonly OpenItem[]
}

/** Asks the coach, proves what it says, and lays it out as the command line's JSON demands. */
export const extractedFrom = async (
  transcript: Transcript,
  options: ExtractionOptions,
): Promise<Extracted> => {
  const { coach, roster, when, openItems = [] } = options
  const { lines, timing } = transcript
  const extraction = await coach.extract({ lines, roster, openItems })
  const { proven } = proveClaims(extraction, { lines, roster, openItems })
  const names = namesOf(roster)
  const notice = extraction.unreadable ? [extraction.unreadable] : []
  return {
    format: transcript.format,
    engine: extraction.engine ?? coach.engine,
    problems: [...transcript.problems, ...notice].map(({ code, message, ...where }) => ({
      code,
      message,
      ...where,
    })),
    counts: { ...transcript.counts },
    timing,
    speakers: transcript.speakers,
    lines: lines.map(({ spans, ...line }) => ({ ...line, cues: [...new Set(spans.map(({ cue }) => cue))] })),
    actionItems: proven.actionItems.map(({ text, owner, duePhrase, kind, confidence, evidence }, index) => {
      const { due, certainty } =
        duePhrase && when ? dueDate(duePhrase, when) : { due: null, certainty: 'none' as const }
      return {
        id: `a${index + 1}`,
        text,
        owner,
        due,
        duePhrase,
        dueCertainty: certainty,
        kind,
        confidence,
        evidence: plainEvidence(evidence),
      }
    }),
    decisions: proven.decisions.map(({ text, confidence, evidence }) => ({
      text,
      confidence,
      evidence: plainEvidence(evidence),
    })),
    roadblocks: proven.roadblocks.map(({ text, status, confidence, evidence }) => ({
      text,
      status,
      confidence,
      evidence: plainEvidence(evidence),
    })),
    feedback: proven.feedback.map(({ text, direction, behavioral, evidence }) => ({
      text,
      direction,
      behavioral,
      evidence: plainEvidence(evidence),
    })),
    growth: proven.growth.map(({ text, evidence }) => ({ text, evidence: plainEvidence(evidence) })),
    talk: withCues(proven.talk, lines, transcript.counts.cues),
    conversation: conversationOf({ lines, talk: proven.talk, timing, names }),
  }
}

/** Evidence as the command line prints it. */
export const plainEvidence = (
  evidence: readonly Evidence[],
): { line: number; cues: [number, number]; quote: string }[] =>
  evidence.map(({ line, cues: [first, last], quote }) => ({ line, cues: [first, last], quote }))

const namesOf = ({ manager, report }: Roster): Map<string, string> =>
  new Map([manager, report].flatMap(person => (person ? [[person.label, person.name] as const] : [])))

/** Stretches by cue: together they cover each cue of the file once, empty ones with what stands before them. */
export const withCues = (talk: readonly TalkStretch[], lines: readonly Line[], cues: number) => {
  const firstCue = new Map(lines.map(({ no, spans }) => [no, spans[0]?.cue ?? 0]))
  const stretches = talk.map((stretch, index) => {
    const next = talk[index + 1]
    const fromCue = index === 0 ? 0 : (firstCue.get(stretch.fromLine) ?? 0)
    const toCue = next ? (firstCue.get(next.fromLine) ?? 0) - 1 : cues - 1
    return { ...stretch, fromCue, toCue: Math.max(fromCue, toCue) }
  })
  return stretches
}
