import type { Extraction, Quote } from '../../src/domain/ports.ts'
import type { TalkMark, WrittenTalk } from './talks.ts'

export const counted = ['action', 'decision', 'roadblock', 'update', 'feedback', 'growth'] as const
export type Counted = (typeof counted)[number]

export interface Tally {
  readonly by: Record<Counted, { hit: number; claims: number; gold: number }>
  owners: { right: number; of: number }
  dues: { right: number; of: number; invented: number; without: number }
  near: { accepted: number; of: number }
  words: { right: number; of: number }
  /** Confidence of every action item and whether it was one. */
  readonly sure: { p: number; hit: boolean }[]
  /** The same for every head, by the probability it gave. */
  readonly claims: Record<
    'action' | 'decision' | 'problem' | 'feedback' | 'growth' | 'update',
    { p: number; hit: boolean }[]
  >
  readonly notes: string[]
}

export const emptyTally = (): Tally => ({
  by: Object.fromEntries(counted.map(kind => [kind, { hit: 0, claims: 0, gold: 0 }])) as Tally['by'],
  owners: { right: 0, of: 0 },
  dues: { right: 0, of: 0, invented: 0, without: 0 },
  near: { accepted: 0, of: 0 },
  words: { right: 0, of: 0 },
  sure: [],
  claims: { action: [], decision: [], problem: [], feedback: [], growth: [], update: [] },
  notes: [],
})

export interface Gold {
  readonly marks: readonly TalkMark[]
  readonly extra: readonly TalkMark[]
}

/** Marks of one matter: an action with its answers, the sentences of one roadblock. */
function golds(talk: WrittenTalk, kind: Counted): Gold[] {
  const found: { marks: TalkMark[]; extra: TalkMark[] }[] = []
  const wanted = {
    action: ['action', 'request'],
    decision: ['decision'],
    roadblock: ['raised', 'resolved'],
    feedback: ['feedback'],
    growth: ['growth'],
    update: [],
  }[kind] as string[]
  for (const mark of talk.marks) {
    const thread = kind === 'roadblock' && mark.item !== null
    const last = thread
      ? found.find(({ marks }) => marks[0]!.item === mark.item && marks[0]!.kind === mark.kind)
      : found.at(-1)
    if (wanted.includes(mark.kind)) {
      const joins =
        (thread && last !== undefined) ||
        (kind !== 'action' &&
          kind !== 'decision' &&
          last !== undefined &&
          mark.line - last.marks.at(-1)!.line <= 5 &&
          last.marks.at(-1)!.kind === mark.kind &&
          !thread &&
          (kind !== 'feedback' ||
            talk.lines[mark.line - 1]!.speaker === talk.lines[last.marks.at(-1)!.line - 1]!.speaker))
      if (joins) last.marks.push(mark)
      else found.push({ marks: [mark], extra: [] })
    } else if (
      (mark.kind === 'answer' || mark.kind === 'again') &&
      last !== undefined &&
      mark.line - last.marks.at(-1)!.line <= 8
    )
      last.extra.push(mark)
  }
  return found
}

const touches = (talk: WrittenTalk, quote: Quote, mark: TalkMark) => {
  if (quote.line !== mark.line) return false
  const at = talk.lines[mark.line - 1]!.text.indexOf(quote.quote)
  return at < mark.to && at + quote.quote.length > mark.from
}

interface Paired {
  readonly wanted: readonly Gold[]
  /** Positions of a claim and of what it was claimed for. */
  readonly pairs: readonly { readonly c: number; readonly g: number }[]
}

/** Which claim is which mark, one to one: those first that touch the mark itself and name the right owner. */
export function pairing(
  talk: WrittenTalk,
  kind: Exclude<Counted, 'update'>,
  claims: readonly { readonly evidence: readonly Quote[]; readonly owner?: string | null }[],
): Paired {
  const wanted = golds(talk, kind)
  const scores = claims.flatMap((claim, c) =>
    wanted.flatMap((gold, g) => {
      const direct = claim.evidence.some(quote => gold.marks.some(mark => touches(talk, quote, mark)))
      const beside = claim.evidence.some(quote => gold.extra.some(mark => touches(talk, quote, mark)))
      const right = kind === 'action' && claim.owner === ownerOf(talk, gold) ? 0.6 : 0
      return direct || beside ? [{ c, g, score: (direct ? 2 : 1) + right }] : []
    }),
  )
  const pairs: { c: number; g: number }[] = []
  for (const pair of scores.toSorted((a, b) => b.score - a.score))
    if (!pairs.some(({ c, g }) => c === pair.c || g === pair.g)) pairs.push(pair)
  return { wanted, pairs }
}

/** Adds one talk to the tally. A claim meets a mark when its words touch the marked ones. */
export function tally(total: Tally, talk: WrittenTalk, found: Extraction, from = 0): void {
  const note = (text: string) => total.notes.push(`${talk.id} ${text}`)
  const claims = {
    action: found.actionItems.filter(item => item.confidence >= from),
    decision: found.decisions,
    roadblock: found.roadblocks,
    feedback: found.feedback,
    growth: found.growth,
  }
  for (const kind of ['action', 'decision', 'roadblock', 'feedback', 'growth'] as const) {
    const here: readonly { text: string; confidence?: number; evidence: readonly Quote[] }[] = claims[kind]
    const { wanted, pairs } = pairing(talk, kind, here)
    const by = total.by[kind]
    by.hit += pairs.length
    by.claims += here.length
    by.gold += wanted.length
    wanted.forEach((gold, g) => {
      if (!pairs.some(pair => pair.g === g))
        note(
          `MISS ${kind} ${gold.marks[0]!.line}: ${talk.lines[gold.marks[0]!.line - 1]!.text.slice(gold.marks[0]!.from, gold.marks[0]!.to)}`,
        )
    })
    here.forEach((claim, c) => {
      if (!pairs.some(pair => pair.c === c))
        note(
          `EXTRA ${kind} ${claim.evidence[0]!.line}: ${claim.text} [${claim.evidence.map(({ quote }) => quote).join(' | ')}]`,
        )
    })
    const head = kind === 'roadblock' ? 'problem' : kind
    here.forEach((claim, c) =>
      total.claims[head].push({ p: claim.confidence ?? 0.5, hit: pairs.some(pair => pair.c === c) }),
    )
    if (kind !== 'action') continue
    for (const { c, g } of pairs) checkItem(total, talk, claims.action[c]!, wanted[g]!, note)
    claims.action.forEach((claim, c) =>
      total.sure.push({ p: claim.confidence, hit: pairs.some(pair => pair.c === c) }),
    )
    for (const mark of talk.marks.filter(({ kind: said }) => said === 'near')) {
      total.near.of += 1
      const taken = claims.action.some(
        (claim, c) =>
          !pairs.some(pair => pair.c === c) && claim.evidence.some(quote => touches(talk, quote, mark)),
      )
      if (taken) total.near.accepted += 1
    }
  }
  scoreUpdates(total, talk, found, note)
  found.talk.forEach(({ fromLine, toLine, label }) => {
    for (let no = fromLine; no <= toLine; no++) {
      const words = talk.lines[no - 1]!.text.split(' ').length
      total.words.of += words
      if (talk.labels[no - 1] === label) total.words.right += words
    }
  })
}

function ownerOf({ lines, roster: { manager, report } }: WrittenTalk, { marks }: Gold): string | null {
  const [mark] = marks
  if (mark!.owner !== undefined) return mark!.owner
  const speaker = lines[mark!.line - 1]!.speaker!
  if (mark!.kind === 'action') return speaker
  return speaker === manager?.label ? report!.label : manager!.label
}

function checkItem(
  total: Tally,
  talk: WrittenTalk,
  item: Extraction['actionItems'][number],
  gold: Gold,
  note: (text: string) => void,
) {
  const mark = gold.marks[0]!
  const owner = ownerOf(talk, gold)
  total.owners.of += 1
  if (item.owner === owner) total.owners.right += 1
  else note(`OWNER ${mark.line}: ${item.owner} not ${owner}: ${item.text}`)
  const answers = talk.marks.filter(
    ({ kind, line }) => kind === 'answer' && line >= mark.line && line <= mark.line + 4,
  )
  const dues = [...gold.marks, ...gold.extra, ...answers].flatMap(({ due }) =>
    due === null ? [] : [due.toLowerCase()],
  )
  const got = item.duePhrase?.toLowerCase() ?? null
  if (dues.length === 0) {
    total.dues.without += 1
    if (got !== null) {
      total.dues.invented += 1
      note(`DUE ${mark.line}: "${got}" where none: ${item.text}`)
    }
    return
  }
  total.dues.of += 1
  if (
    got !== null &&
    dues.some(due => due === got || due.endsWith(got) || got.endsWith(due) || due.includes(got))
  )
    total.dues.right += 1
  else note(`DUE ${mark.line}: ${got} not ${dues.join(' or ')}: ${item.text}`)
}

function scoreUpdates(total: Tally, talk: WrittenTalk, found: Extraction, note: (text: string) => void) {
  const last = new Map<string, string>()
  for (const { kind, item, status } of talk.marks)
    if (kind === 'update' && item !== null) last.set(item, status!)
  const by = total.by.update
  by.claims += found.updates.length
  by.gold += last.size
  for (const { item, status, evidence, confidence: p } of found.updates) {
    total.claims.update.push({ p, hit: last.get(item) === status })
    if (last.get(item) === status) by.hit += 1
    else
      note(
        `UPDATE ${item} ${status} not ${last.get(item)} [${evidence.map(({ quote }) => quote).join(' | ')}]`,
      )
  }
  for (const [item, status] of last)
    if (!found.updates.some(update => update.item === item)) note(`MISS update ${item} ${status}`)
}

export function describeTally(total: Tally): string {
  const rows = counted.map(kind => {
    const { hit, claims, gold } = total.by[kind]
    const [p, r] = [hit / Math.max(1, claims), hit / Math.max(1, gold)]
    const f = (2 * p * r) / Math.max(1e-9, p + r)
    return `${kind.padEnd(10)} P ${p.toFixed(2)} R ${r.toFixed(2)} F1 ${f.toFixed(2)}  (${hit} of ${gold}, ${claims} claimed)`
  })
  const share = ({ right, of }: { right: number; of: number }) =>
    `${right}/${of} = ${(right / Math.max(1, of)).toFixed(3)}`
  rows.push(
    `owner ${share(total.owners)}; due ${share(total.dues)}, invented ${total.dues.invented}/${total.dues.without}; near misses taken ${total.near.accepted}/${total.near.of}; words ${share(total.words)}; ECE ${calibrationError(total.sure).toFixed(3)}`,
  )
  return rows.join('\n')
}

/** Expected calibration error over ten bins of equal width, 0–1. */
export function calibrationError(sure: readonly { p: number; hit: boolean }[]): number {
  let error = 0
  for (let bin = 0; bin < 10; bin++) {
    const here = sure.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === bin)
    if (here.length === 0) continue
    const said = here.reduce((sum, { p }) => sum + p, 0) / here.length
    const was = here.filter(({ hit }) => hit).length / here.length
    error += (here.length / sure.length) * Math.abs(said - was)
  }
  return error
}
