import type { TalkStretch } from '../../domain/ports.ts'
import { talkLabels, type TalkLabel } from '../../domain/talk.ts'
import type { Line } from '../../domain/transcript/transcript.ts'
import { isFeedback } from './feedback.ts'
import { isGrowth } from './growth.ts'
import { roleOf, type Meeting } from './meeting.ts'
import { readRoadblock } from './obstacles.ts'

/** Words that lean to a label. Each hit weighs one; the stretches are smoothed afterwards. */
const lexicon: readonly (readonly [TalkLabel, RegExp])[] = [
  [
    'rapport',
    /\b(?:weekend|holiday|holidays|vacation|kids?|daughter|son|wife|husband|partner|dog|cat|puppy|family|mum|mom|dad|birthday|wedding|football|match|game|movie|film|concert|weather|rain|snow|sunny|garden|hiking|hike|cycling|bike|run|marathon|trip|travel|beach|dinner|restaurant|coffee|recipe|cooking|baking|moving house|new flat|apartment|neighbours?|school|nice to see you|good to see you|how was your|how are you|how's it going|how's things|haha|lol|funny|christmas|easter|book|series|podcast|band|guitar|gym)\b/g,
  ],
  [
    'wellbeing',
    /\b(?:tired|exhausted|burn(?:ed|t)? ?out|stress(?:ed|ful)?|overwhelm(?:ed|ing)?|workload|work[- ]life|sleep(?:ing)?|anxious|anxiety|worried|energy|sick|ill|health|doctor|headache|overtime|late nights?|evenings|switch off|time off|day off|rest|how are you (?:feeling|holding|coping|doing with)|how do you feel|feeling|mood|motivat(?:ed|ion)|drained|too much on|swamped|stretched (?:thin|too)|pace|sustainable|leave|recover(?:y|ing)?|pressure)\b/g,
  ],
  [
    'growth',
    /\b(?:career|promotion|promoted|next (?:role|level)|senior|skill|skills|learn|learning|mentor|mentoring|course|training|conference|workshop|certification|stretch|develop|development|leadership|responsibility|grow|growth|coach|ambition|shadow|long[- ]term|five years|two years|portfolio|strengths?)\b/g,
  ],
  [
    'priorities',
    /\b(?:priorit(?:y|ies|ise|ize|ising|izing)|focus|goals?|okrs?|objectives?|quarter|roadmap|strategy|most important|first thing|plan for|deadline|trade[- ]?off|scope|what matters|top three|next week|should i (?:do|drop|start)|what (?:should|do you want me to)|urgent|important|capacity|bandwidth|milestones?|target|targets)\b/g,
  ],
  [
    'status',
    /\b(?:finished|shipped|deployed|merged|released|done with|in progress|on track|update|updates|progress|ticket|tickets|pull request|sprint|demo|report|numbers|launched|launch|tested|testing|wrapped|closed|working on|migrat(?:ed|ion)|feature|bug|bugs|build|client|customers?|invoice|order|orders|delivery|draft|version|percent|so far|completed|signed|delivered|rolled out|went live)\b/g,
  ],
  [
    'logistics',
    /\b(?:reschedule|calendar|invite|meeting (?:time|invite)|same time|next (?:week's|one[- ]on[- ]one|1:1)|cover for|expenses?|laptop|contract|payroll|timesheet|vacation days|annual leave|book (?:the )?room|zoom|teams link|hear me|see my screen|mute|recording|record|running late|minutes left|time check|out of time|talk (?:to you )?(?:next|soon|later)|see you|bye|shift|rota|form|paperwork|parking|desk|office)\b/g,
  ],
]
const upAsk =
  /\b(?:how (?:can|could) i (?:support|help|be a better|do better)|what (?:can|could|should) i (?:do|be doing) (?:differently|better|more)|feedback (?:for|to) me|anything i (?:can|could|should)|what's it like working|how am i doing as)\b/
const downAsk =
  /\b(?:feedback (?:for|to) you|can i give you|some feedback|one piece of feedback|how did (?:i|that) (?:do|go)|how am i doing)\b/

/** Cost of leaving one topic for another: a lone word does not open a new stretch. */
const switchCost = 2.2

/** Nine labels over all lines, in order, each line once. Viterbi over word hits with a cost per change. */
export function talk(meeting: Meeting, lines: readonly Line[]): TalkStretch[] {
  if (lines.length === 0) return []
  const scores = scoreLines(meeting, lines)
  const path = bestPath(scores)
  const stretches: { fromLine: number; toLine: number; label: TalkLabel }[] = []
  lines.forEach((line, i) => {
    const label = talkLabels[path[i]!]!
    const last = stretches.at(-1)
    if (last?.label === label) last.toLine = line.no
    else stretches.push({ fromLine: line.no, toLine: line.no, label })
  })
  return stretches
}

function scoreLines(meeting: Meeting, lines: readonly Line[]): number[][] {
  const byLine = Map.groupBy(meeting.utterances, utterance => utterance.line.no)
  return lines.map((line, i) => {
    const row = talkLabels.map(() => 0)
    const add = (label: TalkLabel, by: number) => (row[talkLabels.indexOf(label)]! += by)
    for (const utterance of byLine.get(line.no) ?? []) {
      for (const [label, pattern] of lexicon)
        add(label, Math.min(3, (utterance.plain.match(pattern) ?? []).length))
      const role = roleOf(meeting, line.speaker)
      if (isFeedback(utterance)) add(role === 'report' ? 'upward-feedback' : 'feedback', 2)
      if (upAsk.test(utterance.plain)) add(role === 'manager' ? 'upward-feedback' : 'feedback', 3)
      if (downAsk.test(utterance.plain)) add(role === 'manager' ? 'feedback' : 'upward-feedback', 2)
      if (isGrowth(utterance)) add('growth', 2)
      const stuck = readRoadblock(utterance)
      if (stuck !== null) add('roadblock', 3 * stuck.strength)
    }
    const place = i / lines.length
    if (place < 0.06) add('rapport', 0.8)
    if (place > 0.94) add('logistics', 0.6)
    add('status', 0.15)
    return row.map(score => Math.min(5, score))
  })
}

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
