import type { TalkStretch } from '../../domain/ports.ts'
import type { TalkLabel } from '../../domain/talk.ts'
import type { Line } from '../../domain/transcript/transcript.ts'
import { roleOf } from './meeting.ts'
import { talkHeads } from './model.ts'
import { scoresOf, type Scored } from './scored.ts'

/** Cost of leaving one topic for another, in the words' log-odds: a lone word opens no new stretch. */
const switchCost = 4
/** How much one utterance may say for or against a kind. */
const most = 4
/** Openings are small talk, ends are arrangements, as long as nothing else is said. */
const edges = 0.5

/** Nine labels over all lines, in order, each line once: the model's word per line, smoothed. */
export function talk(scored: Scored, lines: readonly Line[]): TalkStretch[] {
  if (lines.length === 0) return []
  const { kind, feeds } = scoreLines(scored, lines)
  const path = bestPath(kind)
  const stretches: { fromLine: number; toLine: number; label: TalkLabel; upward: number }[] = []
  lines.forEach((line, i) => {
    const label = talkHeads[path[i]!]!
    const last = stretches.at(-1)
    const kindOfLast = last?.label === 'upward-feedback' ? 'feedback' : last?.label
    if (last !== undefined && kindOfLast === label) last.toLine = line.no
    else stretches.push({ fromLine: line.no, toLine: line.no, label, upward: 0 })
    const stretch = stretches.at(-1)!
    const role = roleOf(scored.meeting, line.speaker)
    if (label !== 'feedback' || role === null) return
    stretch.upward += role === 'report' ? feeds[i]! : -feeds[i]!
    stretch.label = stretch.upward > 0 ? 'upward-feedback' : 'feedback'
  })
  return stretches.map(({ fromLine, toLine, label }) => ({ fromLine, toLine, label }))
}

/** Per line: log-odds of each kind of talk, and the likelihood that feedback is given in it. */
function scoreLines(scored: Scored, lines: readonly Line[]) {
  const { meeting, features, subjects, model } = scored
  const given = scoresOf(model.pair.feedback, features)
  const byHead = talkHeads.map(head => scoresOf(model.talk[head], subjects).map(logOdds))
  const byLine = Map.groupBy(meeting.utterances, utterance => utterance.line.no)
  const feeds: number[] = []
  const kind = lines.map((line, i) => {
    const row = talkHeads.map(() => 0)
    let feed = 0
    for (const { index } of byLine.get(line.no) ?? []) {
      byHead.forEach((scores, head) => (row[head]! += scores[index]!))
      feed = Math.max(feed, given[index]!)
    }
    feeds.push(feed)
    const place = i / lines.length
    if (place < 0.05) row[talkHeads.indexOf('rapport')]! += edges
    if (place > 0.95) row[talkHeads.indexOf('logistics')]! += edges
    return row
  })
  return { kind, feeds }
}

const logOdds = (p: number) => Math.max(-most, Math.min(most, Math.log(p / (1 - p))))

/** Viterbi with one cost per change. */
function bestPath(scores: readonly (readonly number[])[]): number[] {
  let running = [...scores[0]!]
  const came: number[][] = []
  for (let i = 1; i < scores.length; i++) {
    const top = running.indexOf(Math.max(...running))
    const from = running.map((score, label) => (score >= running[top]! - switchCost ? label : top))
    running = running.map((score, label) => Math.max(score, running[top]! - switchCost) + scores[i]![label]!)
    came.push(from)
  }
  const path = [running.indexOf(Math.max(...running))]
  for (let i = came.length - 1; i >= 0; i--) path.push(came[i]![path.at(-1)!]!)
  return path.toReversed()
}
