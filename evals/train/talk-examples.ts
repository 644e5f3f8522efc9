import { featuresOf, joined, readAll, subjectsOf } from '../../src/coach/offline/features.ts'
import { knownSigns } from '../../src/coach/offline/known-roadblocks.ts'
import { meetingOf, type Meeting } from '../../src/coach/offline/meeting.ts'
import type { TalkHead } from '../../src/coach/offline/model.ts'
import { mentionsOf } from '../../src/coach/offline/update-signs.ts'
import type { Utterance } from '../../src/coach/offline/utterances.ts'
import type { OpenItem } from '../../src/domain/ports.ts'
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
    obstacles: knownSigns(meeting, talk.roadblocks ?? []).map((known, i) => joined(features[i]!, known)),
    labels: {
      action: label(['action', 'request'], ['answer', 'again']),
      decision: label(['decision'], ['answer']),
      problem: label(['raised', 'resolved']),
      feedback: label(['feedback']),
      growth: label(['growth']),
    },
    mentions: mentionExamples(talk, meeting, talk.openItems, id => id),
    talk: meeting.utterances.map(({ line }) => talkHead(talk.labels[line.no - 1]!)),
  }
}

/**
 * What is said of open items, by the name a reader gives each: a mention counts when a mark about its item is in it
 * or beside it, and teaches nothing when one is a little further on.
 */
export function mentionExamples(
  { marks }: Pick<WrittenTalk, 'marks'>,
  meeting: Meeting,
  openItems: readonly OpenItem[],
  nameOf: (id: string) => string | undefined,
): Example[] {
  const names = openItems.map(({ id }) => nameOf(id))
  const isNear = (item: number, at: number, reach: number) =>
    names[item] !== undefined &&
    meeting.utterances
      .slice(Math.max(0, at - reach), at + reach + 1)
      .some(({ line, from, to }) =>
        marks.some(
          mark =>
            mark.kind === 'update' &&
            mark.item === names[item] &&
            line.no === mark.line &&
            from < mark.to &&
            to > mark.from,
        ),
      )
  return mentionsOf(meeting, openItems).flatMap(({ item, at, features }): Example[] => {
    if (isNear(item, at, near)) return [{ features, label: 1, weight: 1 }]
    return isNear(item, at, unsure) ? [] : [{ features, label: 0, weight: 1 }]
  })
}
const near = 1
const unsure = 3

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
