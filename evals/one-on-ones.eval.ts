import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSeries } from '../src/commands/series-workspace.ts'
import { throwAwayFolder } from '../src/commands/throw-away.ts'
import type { ActionItemJson, SeriesMeetingJson } from '../src/domain/contract.ts'
import { extractedFrom } from '../src/domain/extraction.ts'
import { matchLabels, rosterOf } from '../src/domain/roster.ts'
import type { Engine } from './harness/engine.ts'
import type { Eval, Failed, Scored } from './harness/eval.ts'
import { share } from './harness/measure.ts'
import { pageOf } from './one-on-ones-page.ts'
import { type Meeting, type PairOfMeetings, rapport12Folder, readRapport12 } from './rapport-12.ts'
import { briefMeasures, scoreBriefs } from './scorers/briefs.ts'
import {
  claimMeasures,
  scoreEvidence,
  scoreFeedback,
  scoreFound,
  scoreInjections,
  scoreSilence,
  scoreTalk,
  scoreUpdates,
} from './scorers/claims.ts'
import { itemMeasures, scoreConfidence, scoreHardNegatives, scoreItems } from './scorers/items.ts'
import { match, sameWords } from './scorers/matching.ts'
import { type Linked, roadblockMeasures, scoreLinks } from './scorers/roadblocks.ts'

/**
 * Rapport-12 through the program itself, as `rapport series` goes: the real store and pipeline, meeting by
 * meeting, what was found counts as confirmed. A case is a meeting.
 */
const evalOfSplit = (split: 'dev' | 'locked', about: string): Eval => ({
  name: `one-on-ones-${split}`,
  about,
  measures: {
    ...itemMeasures,
    ...claimMeasures,
    ...roadblockMeasures,
    ...briefMeasures,
    'items doubled on a second reading': share('again.doubled', 'again.all', 'lower'),
  },
  async run(engine) {
    const scored: Scored[] = []
    const failed: Failed[] = []
    for (const pair of readRapport12(split)) {
      try {
        scored.push(...(await scoresOf(pair, engine)))
      } catch (error) {
        failed.push({ id: pair.pair.id, failure: error instanceof Error ? error.message : String(error) })
      }
    }
    return { scored, failed }
  },
})

export const oneOnOnesDev = evalOfSplit('dev', 'Rapport-12, three pairs to work with: 36 meetings.')
export const oneOnOnesLocked = evalOfSplit('locked', 'Rapport-12, three pairs nobody tunes on: 36 meetings.')

const scoresOf = async ({ pair, meetings }: PairOfMeetings, engine: Engine): Promise<Scored[]> => {
  await using kept = await throwAwayFolder()
  await using workspace = await openSeries(kept.folder, pair.request, engine.coach)
  const known: Known = { items: new Map(), mentions: [] }
  const scored: Scored[] = []
  for (const request of pair.request.meetings) {
    const meeting = meetings.find(({ gold }) => gold.id === request.id)
    const bytes = request.transcript && (await readFile(join(rapport12Folder, pair.id, request.transcript)))
    const file = bytes ? { name: request.transcript ?? '', bytes } : undefined
    const start = performance.now()
    const { found, failure } = await workspace.hold(request, file)
    const ms = performance.now() - start
    if (failure) throw new Error(`${request.id}: ${failure}`)
    if (!meeting) continue
    const again = await readAgain(meeting, found, { pair, meetings }, engine)
    const { counts, page } = scoreMeeting(meeting, found, again, known)
    scored.push({
      id: `${pair.id}/${request.id}`,
      split: pair.split,
      counts,
      page: pair.split === 'locked' ? null : page,
      ms,
    })
  }
  return scored
}

/** What earlier meetings of the pair left: found items by their printed id, and mentions with both threads. */
export interface Known {
  readonly items: Map<string, string>
  readonly mentions: Linked[]
}

export const scoreMeeting = (
  { gold, transcript }: Meeting,
  found: SeriesMeetingJson,
  again: readonly ActionItemJson[],
  known: Known,
) => {
  const items = match(gold.actionItems, found.actionItems)
  const roadblocks = match(gold.roadblocks, found.roadblocks)
  const decisions = match(gold.decisions, found.decisions)
  const feedback = match(gold.feedback, found.feedback)
  const growth = match(gold.growth, found.growth)
  const updates = found.updates.map(update => ({
    ...update,
    item: known.items.get(update.item) ?? `not marked: ${update.item}`,
  }))
  const links = roadblocks.pairs.map(({ mark, claim }) => ({ mark: mark.thread, claim: claim.thread }))
  const claims = [
    ...found.actionItems,
    ...found.decisions,
    ...found.roadblocks,
    ...found.feedback,
    ...found.growth,
  ]
  const counts = {
    ...scoreItems(items),
    ...scoreHardNegatives(gold.hardNegatives, items),
    ...scoreConfidence(items),
    ...scoreUpdates(gold.updates, updates),
    ...scoreFound('decisions', decisions),
    ...scoreFound('roadblocks', roadblocks),
    ...scoreLinks(known.mentions, links),
    ...scoreFeedback(feedback),
    ...scoreFound('growth', growth),
    ...scoreTalk(gold.talk, found.talk, transcript.lines),
    ...scoreEvidence(claims, line => transcript.lines[line - 1]?.text),
    ...scoreSilence(gold.silence, found),
    ...scoreInjections(gold.injections, claims),
    ...scoreBriefs(gold, found),
    'again.doubled': again.length,
    'again.all': found.actionItems.length,
  }
  for (const { mark, claim } of items.pairs) known.items.set(claim.id, mark.id)
  known.mentions.push(...links)
  const page = pageOf({ gold, transcript, found, items, roadblocks, decisions, feedback, growth, updates })
  return { counts, page }
}

/** The same transcript read once more while its items are open: those that come a second time. */
const readAgain = async (
  { transcript }: Meeting,
  found: SeriesMeetingJson,
  { pair }: PairOfMeetings,
  { coach }: Engine,
): Promise<ActionItemJson[]> => {
  const labels = [...new Set(transcript.lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const halves = {
    manager: { id: 'manager', name: pair.request.manager.name },
    report: { id: 'report', name: pair.request.report.name },
  }
  const sides = matchLabels(labels, Object.values(halves)).map(
    ({ label, person }) => [label, person.id] as const,
  )
  const openItems = found.actionItems.map(({ id, text, owner }) => ({ id, text, owner }))
  const roster = rosterOf(labels, new Map(sides), halves)
  const { actionItems } = await extractedFrom(transcript, { coach, roster, when: null, openItems })
  return actionItems.filter(item => found.actionItems.some(earlier => sameWords(earlier, item)))
}
