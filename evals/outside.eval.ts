import type { Coach } from '../src/domain/ports.ts'
import { type DevMeeting, readMeetings } from './dev-data.ts'
import { evalOf } from './harness/eval.ts'
import type { Engine } from './harness/engine.ts'
import { share } from './harness/measure.ts'
import { type Item, linkedMeasures, scoreLinked, textScorer } from './outside/published.ts'
import { outsideFolder } from './outside/folder.ts'
import { predict } from './predict.ts'

/** Meetings of strangers, scored as others score them. Their sentences stay outside: no pages, no words in the report. */

interface OutsideCase {
  readonly id: string
  readonly split: string
  readonly meeting: DevMeeting
}
type Predicted = Awaited<ReturnType<typeof predict>>

const meetingsOf = (kind: 'meetings' | 'akash', corpus: string) => (): OutsideCase[] | string => {
  const folder = outsideFolder(kind)
  if (folder === null) return `RAPPORT_DATA_DIR holds no folder "${kind}".`
  return readMeetings(folder, kind)
    .filter(meeting => kind === 'akash' || meeting.corpus === corpus)
    .map(meeting => ({ id: meeting.id, split: 'outside', meeting }))
}

/** An engine that was trained on some of these answers with one that did not see the meeting's team. */
const coachFor = (engine: Engine, meeting: DevMeeting): Coach => engine.unseen?.(meeting) ?? engine.coach
const task = ({ meeting }: OutsideCase, engine: Engine) => predict(coachFor(engine, meeting), meeting)

const kinds = { actions: 'action', decisions: 'decision', problems: 'problem' } as const
type Kind = keyof typeof kinds

const linked =
  (kind: Kind) =>
  ({ meeting }: OutsideCase, predicted: Predicted) => {
    const links = meeting[`${kinds[kind]}_utterance_ids`]
    const claimed = predicted[kind].map(({ text, evidence }) => ({ text, utterances: evidence }))
    const texts = meeting.gold[kind]
    if (!links || !texts) return {}
    const marked = links.flatMap((utterances, index): Item[] =>
      utterances.length > 0 ? [{ text: texts[index] ?? '', utterances }] : [],
    )
    // As published: a meeting in which nothing was linked is no case; one in which nothing was seen is told apart.
    if (marked.length > 0) return scoreLinked(kind, marked, claimed, 2)
    return kind === 'actions' && texts.length === 0
      ? { 'empty.meetings': 1, 'empty.items': claimed.length }
      : {}
  }

export const ami = evalOf<OutsideCase, Predicted>({
  name: 'ami',
  about: 'AMI meetings of four (CC BY 4.0), annotators’ links, by engines that have not seen the team.',
  measures: {
    ...linkedMeasures('actions', {
      u: { 'StructBERT, context drop (Liu 2023)': 0.4312, 'BERT (Liu 2023)': 0.3818, 'keyword rule': 0.028 },
      i: { 'logistic regression': 0.417, 'keyword rule': 0.048 },
    }),
    ...linkedMeasures('decisions', { u: { 'keyword rule': 0.05 }, i: { 'keyword rule': 0.118 } }),
    ...linkedMeasures('problems', { u: { 'keyword rule': 0.072 }, i: { 'keyword rule': 0.188 } }),
    'items in a meeting without any': share('empty.items', 'empty.meetings', 'lower'),
  },
  data: meetingsOf('meetings', 'AMI'),
  task,
  scorers: [linked('actions'), linked('decisions'), linked('problems')],
})

export const icsi = evalOf<OutsideCase, Predicted>({
  name: 'icsi',
  about: 'ICSI research meetings (CC BY 4.0): decisions and problems.',
  measures: {
    ...linkedMeasures('decisions', { u: { 'keyword rule': 0.013 }, i: { 'keyword rule': 0.046 } }),
    ...linkedMeasures('problems', { u: { 'keyword rule': 0.085 }, i: { 'keyword rule': 0.14 } }),
  },
  data: meetingsOf('meetings', 'ICSI'),
  task,
  scorers: [linked('decisions'), linked('problems')],
})

interface Akash extends OutsideCase {
  readonly score: ReturnType<typeof textScorer>
}
const ownersOf = (meeting: DevMeeting): readonly (string | null)[] => meeting.gold['action_owners'] ?? []

export const akash = evalOf<Akash, Predicted>({
  name: 'akash',
  about:
    'Akash working groups (MIT): automatic captions, the facilitator’s own notes; words of text and owner.',
  measures: {
    'text F1 at 0.3': {
      of: sum => {
        const both = (sum['text.claimed'] ?? 0) + (sum['text.marked'] ?? 0)
        return both === 0 ? null : (2 * (sum['text.hit'] ?? 0)) / both
      },
      better: 'higher',
      beside: { 'keyword rule': 0.043 },
    },
  },
  data: () => {
    const cases = meetingsOf('akash', 'AKASH')()
    if (typeof cases === 'string') return cases
    const score = textScorer(cases.flatMap(({ meeting }) => meeting.gold['actions'] ?? []))
    return cases.map(one => ({ ...one, score }))
  },
  task,
  scorers: [
    ({ meeting, score }, { actions }) => {
      const owners = ownersOf(meeting)
      const marked = (meeting.gold['actions'] ?? []).map((text, index) => ({
        text,
        owner: owners[index] ?? null,
      }))
      return score(marked, actions, 0.3)
    },
  ],
})
