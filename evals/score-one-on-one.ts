/**
 * Scores the offline coach on the written one-on-ones.
 * usage: node evals/score-one-on-one.ts [--locked] [--show]
 * `--locked` scores the half that is not looked at while rules are written; `--show` lists misses.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { offlineCoach } from '../src/coach/offline/coach.ts'
import { match, readOneOnOnes, type GoldMark } from './one-on-one.ts'

const { values } = parseArgs({ options: { locked: { type: 'boolean' }, show: { type: 'boolean' } } })
const folder = join(import.meta.dirname, 'cases/one-on-one', values.locked === true ? 'locked' : '')
const kinds = ['action', 'decision', 'roadblock', 'feedback', 'growth'] as const
const totals = new Map(kinds.map(kind => [kind, { hit: 0, claims: 0, gold: 0, who: 0, due: 0, dues: 0 }]))

const coach = offlineCoach()
for (const meeting of readOneOnOnes(folder)) {
  const found = await coach.extract({ lines: meeting.lines, roster: meeting.roster, openItems: [] })
  const claims = {
    action: found.actionItems.map(item => ({ ...item, who: item.owner })),
    decision: found.decisions.map(item => ({ ...item, who: null })),
    roadblock: found.roadblocks.map(item => ({ ...item, who: item.status })),
    feedback: found.feedback.map(item => ({ ...item, who: item.direction })),
    growth: found.growth.map(item => ({ ...item, who: null })),
  }
  if (values.show === true) console.log(`\n== ${meeting.id}`)
  for (const kind of kinds) {
    const gold = meeting.gold.filter(marked => marked.kind === kind)
    const matched = match(gold, claims[kind])
    const total = totals.get(kind)!
    total.hit += matched.pairs.length
    total.claims += claims[kind].length
    total.gold += gold.length
    total.who += matched.pairs.filter(pair => pair.gold.who === pair.claim.who).length
    for (const { gold: marked, claim } of matched.pairs) {
      if (marked.due === null) continue
      total.dues += 1
      const phrase = (claim as { duePhrase?: string | null }).duePhrase ?? ''
      if (
        phrase.toLowerCase().includes(marked.due.toLowerCase()) ||
        (phrase !== '' && marked.due.includes(phrase))
      )
        total.due += 1
    }
    if (values.show === true) show(kind, matched)
  }
}
for (const [kind, { hit, claims, gold, who, due, dues }] of totals) {
  const [p, r] = [hit / Math.max(1, claims), hit / Math.max(1, gold)]
  const f1 = (2 * p * r) / Math.max(1e-9, p + r)
  console.log(
    `${kind.padEnd(10)} P ${p.toFixed(2)} R ${r.toFixed(2)} F1 ${f1.toFixed(2)}  (${hit} of ${gold} marked, ${claims} claimed)  who ${who}/${hit}  due ${due}/${dues}`,
  )
}

function show(kind: string, matched: ReturnType<typeof match>) {
  for (const { gold, claim } of matched.pairs) {
    const wrong = gold.who === claim.who ? '' : `  WHO ${claim.who} not ${gold.who}`
    console.log(`  ok    ${kind} ${gold.line}: ${claim.text}${wrong}`)
  }
  for (const gold of matched.missed) console.log(`  MISS  ${kind} ${describe(gold)}`)
  for (const claim of matched.extra) {
    console.log(`  EXTRA ${kind} ${claim.evidence[0]!.line}: ${claim.text} [${claim.evidence[0]!.quote}]`)
  }
}

function describe(gold: GoldMark): string {
  return `${gold.line}: ${gold.who ?? ''} | ${gold.text}`
}
