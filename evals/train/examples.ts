import { readFileSync } from 'node:fs'
import type { Line } from '../../src/domain/transcript/transcript.ts'
import { featuresOf, readAll } from '../../src/coach/offline/features.ts'
import { meetingOf, type Meeting } from '../../src/coach/offline/meeting.ts'
import type { PairHead, TalkHead } from '../../src/coach/offline/model.ts'
import { labelsOf, linesOf, type DevMeeting } from '../dev-data.ts'
import type { Example } from './logistic.ts'

/** One meeting, or one snippet of talk, ready for training. */
export interface Prepared {
  readonly id: string
  /** Never split between training and measuring. */
  readonly team: string
  readonly features: readonly Int32Array[]
  /** Features of kinds of talk and of growth; as the others where nobody marked those. */
  readonly subjects?: readonly Int32Array[]
  /** Features of roadblocks; as the others where no earlier meeting is known. */
  readonly obstacles?: readonly Int32Array[]
  /** Per head: 1, 0, or null where nobody marked that kind here (or the utterance is left out). */
  readonly labels: Readonly<Partial<Record<PairHead, readonly (0 | 1 | null)[]>>>
  /** Mentions of open items: 1 where a mark about the item is near. */
  readonly mentions?: readonly Example[]
  /** The kind of talk of each utterance, where somebody said. */
  readonly talk?: readonly TalkHead[]
}

/** The first cue of every utterance. */
export const cuesOfUtterances = (meeting: Meeting): number[] =>
  meeting.utterances.map(({ line, from }) => line.spans.find(span => span.to > from)!.cue)

export function prepareMeeting(meeting: DevMeeting): Prepared {
  const lines = linesOf(meeting)
  const read = meetingOf({ lines, roster: { manager: null, report: null, labels: labelsOf(lines) } })
  const cues = cuesOfUtterances(read)
  const labelled = (linked: readonly (readonly number[])[] | null | undefined) => {
    const marked = linked === null || linked === undefined ? null : new Set(linked.flat())
    return cues.map(cue => (marked === null ? null : marked.has(cue) ? 1 : 0))
  }
  return {
    id: meeting.id,
    team: meeting.series,
    features: featuresOf(read, readAll(read)),
    labels: {
      action: labelled(meeting.action_utterance_ids),
      decision: labelled(meeting.decision_utterance_ids),
      problem: labelled(meeting.problem_utterance_ids),
    },
  }
}

interface Snippet {
  readonly turns: readonly {
    readonly who: 'manager' | 'report'
    readonly said: readonly {
      readonly text: string
      readonly mark?: 'action' | 'decision' | 'roadblock' | 'answer'
    }[]
  }[]
}

/** The written snippets of one-on-ones. What is marked `answer` belongs to a request and teaches nothing. */
export function prepareSnippets(file: string): Prepared[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(row => row !== '')
    .map((row, i) => prepareSnippet(JSON.parse(row) as Snippet, i))
}

const labels = { manager: 'Speaker 1', report: 'Speaker 2' }

function prepareSnippet({ turns }: Snippet, at: number): Prepared {
  const marks: { line: number; from: number; mark: string | undefined }[] = []
  const lines: Line[] = turns.map(({ who, said }, i) => {
    let text = ''
    for (const { text: piece, mark } of said) {
      if (text !== '') text += ' '
      marks.push({ line: i + 1, from: text.length, mark })
      text += piece
    }
    return {
      no: i + 1,
      speaker: labels[who],
      start: null,
      end: null,
      text,
      spans: [{ cue: i, from: 0, to: text.length }],
    }
  })
  const meeting = meetingOf({
    lines,
    roster: { manager: null, report: null, labels: [labels.manager, labels.report] },
  })
  const said = meeting.utterances.map(
    ({ line, from }) => marks.findLast(mark => mark.line === line.no && mark.from <= from)!.mark,
  )
  const label = (wanted: string) => said.map(mark => (mark === wanted ? 1 : mark === 'answer' ? null : 0))
  return {
    id: `snippet-${at}`,
    team: String(at % 10),
    features: featuresOf(meeting, readAll(meeting)),
    labels: { action: label('action'), decision: label('decision'), problem: label('roadblock') },
  }
}

export function examplesOf(prepared: readonly Prepared[], head: PairHead): Example[] {
  return prepared.flatMap(({ features, subjects, obstacles, labels: marked }) =>
    ((head === 'growth' ? subjects : head === 'problem' ? obstacles : null) ?? features).flatMap((row, i) => {
      const label = marked[head]?.[i]
      return label === null || label === undefined ? [] : [{ features: row, label, weight: 1 }]
    }),
  )
}
