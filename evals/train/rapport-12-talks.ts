import type { OpenItem } from '../../src/domain/ports.ts'
import { matchLabels, rosterOf } from '../../src/domain/roster.ts'
import { readRapport12, type Gold, type PairOfMeetings } from '../rapport-12.ts'
import { withRoadblocks } from './talks.ts'
import type { TalkMark, TalkMarkKind, WrittenTalk } from './talks.ts'

/** The development pairs of Rapport-12 as written talks. The locked pairs are never read here. */
export const rapport12Talks = (): WrittenTalk[] =>
  readRapport12('dev').flatMap(pair => withRoadblocks(talksOf(pair)))

function talksOf({ pair, meetings }: PairOfMeetings): WrittenTalk[] {
  const open = new Map<string, OpenItem>()
  return meetings.map(({ gold, transcript }) => {
    const { lines } = transcript
    const labels = [...new Set(lines.flatMap(({ speaker }) => speaker ?? []))]
    const halves = {
      manager: { id: 'manager', ...pair.request.manager },
      report: { id: 'report', ...pair.request.report },
    }
    const known = matchLabels(labels, Object.values(halves)).map(
      ({ label, person }) => [label, person.id] as const,
    )
    const marks = marksOf(gold, lines)
    const openItems = [...open.values()]
    for (const { item, status } of gold.updates)
      if (status === 'done' || status === 'dropped') open.delete(item)
    for (const { id, text, owner } of gold.actionItems) open.set(id, { id, text, owner })
    return {
      id: `${pair.id}-${gold.id}`,
      team: `${pair.id} of Rapport-12`,
      lines,
      roster: rosterOf(labels, new Map(known), halves),
      openItems,
      marks,
      labels: lines.map(
        ({ no }) => gold.talk.find(({ fromLine, toLine }) => fromLine <= no && no <= toLine)!.label,
      ),
    }
  })
}

function marksOf(gold: Gold, lines: WrittenTalk['lines']): TalkMark[] {
  const marks: TalkMark[] = []
  const add = (
    kind: TalkMarkKind,
    { line, quote }: { line: number; quote: string },
    more: Partial<TalkMark> = {},
  ) => {
    const from = lines.find(({ no }) => no === line)!.text.indexOf(quote)
    marks.push({ kind, line, from, to: from + quote.length, due: null, item: null, status: null, ...more })
  }
  for (const { id, evidence, kind, duePhrase, owner } of gold.actionItems)
    evidence.forEach((quote, i) => {
      const main: TalkMarkKind = kind === 'commitment' ? 'action' : 'request'
      add(i === 0 ? main : 'answer', quote, {
        item: i === 0 ? id : null,
        due: i === 0 ? duePhrase : null,
        owner,
      })
    })
  for (const { evidence } of gold.hardNegatives) for (const quote of evidence) add('near', quote)
  for (const { evidence } of gold.decisions)
    evidence.forEach((quote, i) => add(i === 0 ? 'decision' : 'answer', quote))
  for (const { thread, evidence, status } of gold.roadblocks)
    for (const quote of evidence) add(status === 'resolved' ? 'resolved' : 'raised', quote, { item: thread })
  for (const { evidence, item, status } of gold.updates)
    for (const quote of evidence) add('update', quote, { item, status })
  for (const { evidence } of gold.feedback) for (const quote of evidence) add('feedback', quote)
  for (const { evidence } of gold.growth) for (const quote of evidence) add('growth', quote)
  return marks.toSorted((a, b) => a.line - b.line || a.from - b.from)
}
