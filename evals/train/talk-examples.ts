import { featuresOf, readAll, subjectsOf } from '../../src/coach/offline/features.ts'
import { meetingOf, type Meeting } from '../../src/coach/offline/meeting.ts'
import type { TalkHead } from '../../src/coach/offline/model.ts'
import { mentionsOf } from '../../src/coach/offline/update-signs.ts'
import type { Utterance } from '../../src/coach/offline/utterances.ts'
import type { TalkLabel } from '../../src/domain/talk.ts'
import type { Prepared } from './examples.ts'
import type { Example } from './logistic.ts'
import type { TalkMark, TalkMarkKind, WrittenTalk } from './talks.ts'

/** A written talk ready for training. Answers and what only repeats an item teach nothing about items. */
export function prepareTalk(talk: WrittenTalk): Prepared {
  const meeting = meetingOf({ lines: talk.lines, roster: talk.roster })
  const kinds = meeting.utterances.map(utterance => kindsOf(utterance, talk.marks))
  const label = (wanted: readonly TalkMarkKind[], unsure: readonly TalkMarkKind[] = []) =>
    kinds.map(said =>
      wanted.some(kind => said.has(kind)) ? 1 : unsure.some(kind => said.has(kind)) ? null : 0,
    )
  const readings = readAll(meeting)
  const features = featuresOf(meeting, readings)
  return {
    id: talk.id,
    team: talk.team,
    features,
    subjects: subjectsOf(readings, features),
    labels: {
      action: label(['action', 'request'], ['answer', 'again']),
      decision: label(['decision'], ['answer']),
      problem: label(['raised', 'resolved']),
      feedback: label(['feedback']),
      growth: label(['growth']),
    },
    mentions: mentionExamples(talk, meeting),
    talk: meeting.utterances.map(({ line }) => talkHead(talk.labels[line.no - 1]!)),
  }
}

/** A mention counts when a mark about its item is at most two utterances before or three after it. */
function mentionExamples({ marks, openItems }: WrittenTalk, meeting: Meeting): Example[] {
  return mentionsOf(meeting, openItems).map(({ item, at, features }) => {
    const around = meeting.utterances.slice(Math.max(0, at - 2), at + 4)
    const isMarked = marks.some(
      mark =>
        mark.kind === 'update' &&
        mark.item === openItems[item]!.id &&
        around.some(({ line, from, to }) => line.no === mark.line && from < mark.to && to > mark.from),
    )
    return { features, label: isMarked ? 1 : 0, weight: 1 }
  })
}

/** Kinds of the marks that cover half of the utterance, or half of whose words it holds. */
function kindsOf({ line, from, to }: Utterance, marks: readonly TalkMark[]): Set<TalkMarkKind> {
  const kinds = new Set<TalkMarkKind>()
  for (const mark of marks) {
    if (mark.line !== line.no) continue
    const shared = Math.min(mark.to, to) - Math.max(mark.from, from)
    if (shared > 0 && (shared >= (to - from) / 2 || shared >= (mark.to - mark.from) / 2)) kinds.add(mark.kind)
  }
  return kinds
}

const talkHead = (label: TalkLabel): TalkHead => (label === 'upward-feedback' ? 'feedback' : label)
