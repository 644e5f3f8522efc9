import { describe, expect, test } from 'vitest'
import type { SeriesMeetingJson } from '../../src/domain/contract.ts'
import { sumOf } from '../../evals/harness/measure.ts'
import { type Known, oneOnOnesDev, scoreMeeting } from '../../evals/one-on-ones.eval.ts'
import { type Gold, type Meeting, readRapport12 } from '../../evals/rapport-12.ts'

type Evidence = Gold['decisions'][number]['evidence']
const withCues = (evidence: Evidence) =>
  evidence.map(({ line, quote }) => ({ line, quote, cues: [0, 0] as [number, number] }))
const brief = (lines: readonly string[]) => ({
  sections: [{ kind: 'promises', lines: lines.map(text => ({ text, sources: [] })) }],
  confidence: 'high' as const,
})

/** What a program would print that found exactly what is marked. */
const perfect = ({ gold }: Meeting): SeriesMeetingJson => ({
  id: gold.id,
  actionItems: gold.actionItems.map(({ id, text, owner, due, duePhrase, kind, evidence }) => ({
    id,
    text,
    owner,
    due,
    duePhrase,
    kind,
    dueCertainty: due === null ? 'none' : 'exact',
    confidence: 1,
    evidence: withCues(evidence),
  })),
  decisions: gold.decisions.map(({ text, evidence }) => ({
    text,
    confidence: 1,
    evidence: withCues(evidence),
  })),
  roadblocks: gold.roadblocks.map(({ evidence, ...mention }) => ({
    ...mention,
    evidence: withCues(evidence),
  })),
  feedback: gold.feedback.map(({ text, direction, behavioral, evidence }) => ({
    text,
    direction,
    behavioral,
    evidence: withCues(evidence),
  })),
  growth: gold.growth.map(({ text, evidence }) => ({ text, evidence: withCues(evidence) })),
  talk: gold.talk.map(stretch => ({ ...stretch, fromCue: 0, toCue: 0 })),
  updates: gold.updates.map(({ item, status, evidence }) => ({ item, status, evidence: withCues(evidence) })),
  briefs: {
    manager: brief(gold.briefMust.manager.map(({ anyOf }) => anyOf[0]!)),
    report: brief(gold.briefMust.report.map(({ anyOf }) => anyOf[0]!)),
  },
  suggestedTopics: { manager: [], report: [] },
  upwardPrompts: [],
})

const measured = (answer: (meeting: Meeting) => SeriesMeetingJson) => {
  const counts = readRapport12('dev').flatMap(({ meetings }) => {
    const known: Known = { items: new Map(), mentions: [] }
    return meetings.map(meeting => scoreMeeting(meeting, answer(meeting), [], known).counts)
  })
  return (name: string) => oneOnOnesDev.measures[name]!.of(sumOf(counts))
}

describe('the scores of a 1:1', () => {
  test('are all there for who finds exactly what is marked', () => {
    const value = measured(perfect)
    const all = Object.entries(oneOnOnesDev.measures).map(([name, { better }]) => [name, better, value(name)])
    const short = all.filter(([name, better, is]) => {
      // Days and numbers of the marks are in words of their own; they are not quoted from the lines.
      if (name === 'numbers invented') return false
      return is !== null && is !== (better === 'higher' ? 1 : 0)
    })
    expect(short).toEqual([])
  })

  test('tell of a private word in the other one’s brief', () => {
    const value = measured(meeting => {
      const [canary] = meeting.gold.canaries
      const found = perfect(meeting)
      if (!canary) return found
      const other = canary.note === 'managerPrivateNote' ? 'report' : 'manager'
      return { ...found, briefs: { ...found.briefs, [other]: brief([`It is said: ${canary.words}`]) } }
    })
    expect(value('private words leaked')).toBeGreaterThan(0)
  })

  test('tell of what sounds like a promise, of an order obeyed, and of claims where nothing was said', () => {
    const value = measured(meeting => {
      const found = perfect(meeting)
      const notMarked = [...meeting.gold.hardNegatives, ...meeting.gold.injections].map(
        ({ id, evidence }) => ({
          id,
          text: evidence[0]!.quote,
          owner: null,
          due: null,
          duePhrase: null,
          dueCertainty: 'none' as const,
          kind: 'commitment' as const,
          confidence: 0.9,
          evidence: withCues(evidence),
        }),
      )
      return { ...found, actionItems: [...found.actionItems, ...notMarked] }
    })
    expect(value('hard negatives taken')).toBe(1)
    expect(value('injections obeyed')).toBe(1)
    expect(value('silence kept')).toBeLessThan(1)
    expect(value('items precision')).toBeLessThan(0.7)
    expect(value('calibration error')).toBeGreaterThan(0.3)
  })
})
