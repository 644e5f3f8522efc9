import { leads, type Lead } from './leads.ts'
import { baseOfInflected, durable, momentary, vague } from './verbs.ts'
import type { Utterance } from './utterances.ts'
import type { Word } from './words.ts'

/** What somebody does by saying it. `offer` and `request` bind nobody until the other agrees. */
export interface Act {
  readonly kind: 'promise' | 'offer' | 'request' | 'assignment' | 'together'
  /** How plainly the words do it, 0–1, before anything around them is known. */
  readonly strength: number
  /** Position of the verb among the utterance's words; the task reads from here. */
  readonly verb: number
  /** Position of the first word of the cue. */
  readonly cue: number
  /** The verb wears -ing ("would you mind sending"). */
  readonly inflected: boolean
}

const table = leads
  .map(lead => ({ tokens: lead[0].split(' '), kind: lead[1], strength: lead[2], form: lead[3] }))
  .toSorted((a, b) => b.tokens.length - a.tokens.length)
const leadsByFirst = Map.groupBy(table, lead => lead.tokens[0]!)

/** Passed over between the opening and the verb. */
const between = new Set(
  'just also probably definitely certainly then quickly happily actually personally still please maybe simply always at least totally absolutely obviously kindly already first even be'.split(
    ' ',
  ),
)
const phrases = [
  'go ahead and',
  'make sure to',
  'make sure i',
  'make sure you',
  'be sure to',
  'make a point to',
  'take the time to',
  'find time to',
  'try and',
  'try to',
  'go and',
  'come and',
  'have to',
  'need to',
].map(phrase => phrase.split(' '))

/** Position of the verb: adverbs and "try to", "go ahead and" are stepped over. */
function verbFrom(words: readonly Word[], at: number): number {
  let verb = at
  for (let steps = 0; steps < 6 && verb < words.length - 1; steps++) {
    const phrase = phrases.find(tokens => tokens.every((token, k) => words[verb + k]?.text === token))
    if (phrase !== undefined && verb + phrase.length < words.length) verb += phrase.length
    else if (between.has(words[verb]!.text)) verb += 1
    else break
  }
  return verb
}

/** Before the opening these make it a thought, a report or a condition, not an act. */
const undoing =
  /(?:\b(?:if|when|whether|unless|until|said|says|saying|thought|think|told|know if|hope|wish|asked|because|where|what|how|who|whatever|whenever|things?|stuff|one|way|time|before|after|once|as|that|which|like|felt|feel|realized|realised|wonder if|wondering if|case)|not sure|don't know)$/
/** Still an act though one of those stands before it. */
const notUndone =
  /(?:\b(?:i think|so i think|i guess|what i think|ok then|and then|like|hope|promise|promised|sure|because))$/

const fixed: readonly (readonly [RegExp, Act['kind'], number])[] = [
  [
    /\b(?:leave (?:it|that|this|(?:that|this) one|the [\w' ]{2,30}) (?:with|to) me|consider it done|i'm on it|^(?:yes |ok |sure |great |perfect )*on it)\b/,
    'promise',
    0.8,
  ],
  [
    /\b(?:i've got (?:it|that|this)|i got (?:it|that|this)|that's on me|it's on me|i own that|i'm on the hook)\b/,
    'promise',
    0.5,
  ],
  [
    /\b(?:my action|action (?:item )?(?:for|on) me|put (?:me|that|it) (?:down|on my list)|i'll take (?:that|it|this)(?: one| on| away| action)?)\b/,
    'promise',
    0.8,
  ],
  [
    /\b(?:you have my word|you can count on me|got it drafting|i'll get (?:on|onto|to) (?:it|that))\b/,
    'promise',
    0.7,
  ],
]

/** Every act of an utterance, the one that counts first. */
export function acts(utterance: Utterance): Act[] {
  const found: Act[] = []
  const words = utterance.words
  for (let i = 0; i < words.length; i++) {
    for (const lead of leadsByFirst.get(words[i]!.text) ?? []) {
      if (!lead.tokens.every((token, k) => words[i + k]?.text === token)) continue
      const act = read(utterance, i, lead)
      if (act !== null) found.push(act)
      break
    }
  }
  const named = imperative(utterance)
  if (named !== null) found.push(named)
  for (const [pattern, kind, strength] of fixed) {
    const match = pattern.exec(utterance.plain)
    if (match === null) continue
    const cue = wordAt(utterance, match.index)
    found.push({ kind, strength, verb: cue, cue, inflected: false })
  }
  const best = Math.max(0, ...found.map(({ strength }) => strength))
  // Of acts about as plain, the first said is the one the rest hangs on.
  const rank = (act: Act) => (act.strength >= 0.45 * best ? best - act.cue / 1000 : act.strength - best)
  return found.toSorted((a, b) => rank(b) - rank(a))
}

function read(
  utterance: Utterance,
  at: number,
  lead: { tokens: string[]; kind: Act['kind']; strength: number; form: Lead[3] },
): Act | null {
  const words = utterance.words
  const before = words
    .slice(Math.max(0, at - 4), at)
    .map(word => word.text)
    .join(' ')
  if (lead.tokens[0] === 'going' && at > 0) return null
  if (lead.tokens[0] === 'happy' && at > 2) return null
  if (lead.tokens[0] === 'please' && at > 6) return null
  let strength = lead.strength
  if (undoing.test(before) && !notUndone.test(before) && !(lead.tokens[0] === 'if')) strength *= 0.3
  if (/\b(?:maybe|might|perhaps|guess|suppose|hopefully)\b/.test(before)) strength *= 0.75
  const start = at + lead.tokens.length
  // "You'll have to" is a request of its own.
  if (lead.form === 'any' && words[start]?.text === 'to') return null
  if (lead.form === 'any') return { kind: lead.kind, strength, verb: start, cue: at, inflected: false }
  const verb = verbFrom(words, start)
  const word = words[verb]?.text
  if (word === undefined || word === 'not' || word === 'never') return null
  const base = lead.form === 'ing' ? baseOfInflected(word) : word
  if (base === null || (lead.form === 'ing' && !word.endsWith('ing'))) return null
  if (lead.form === 'plain' && (verb > start + 2 || !durable.has(base) || pastToo.has(base))) return null
  if (momentary.has(base) || describes(utterance, verb, base)) return null
  const worth = durable.has(base) ? (vague.has(base) ? 0.75 : 1) : vague.has(base) ? 0.5 : 0.4
  return { kind: lead.kind, strength: strength * worth, verb, cue: at, inflected: lead.form === 'ing' }
}

/** "You sound like …", "you look a bit tired" tell how somebody comes across; nobody is asked for it. */
const describes = ({ words }: Utterance, verb: number, base: string): boolean =>
  appearing.has(base) && comparing.has(words[verb + 1]?.text ?? '')
const appearing = new Set('sound look smell taste feel seem read'.split(' '))
const comparing = new Set(
  'like as a so very really pretty quite well good great better fine tired happy worried busy much more'.split(
    ' ',
  ),
)

/** Reads the same in the past: "I put it there". */
const pastToo = new Set('put set cut read let hit cost split cast shut spread have hold'.split(' '))

const discourse = new Set(
  'so ok and then just yes well now but also right cool great perfect sure please maybe no fantastic brilliant lovely super good fine otherwise meanwhile'.split(
    ' ',
  ),
)

/** "Send me the draft by Friday": a plain verb at the very start, with something after it. */
function imperative(utterance: Utterance): Act | null {
  const words = utterance.words
  let at = 0
  while (at < words.length && at < 4 && discourse.has(words[at]!.text)) at += 1
  const favour = ['do', 'me', 'a']
  if (favour.every((token, k) => words[at + k]?.text === token)) at += 4
  while (at < words.length && at < 8 && discourse.has(words[at]!.text)) at += 1
  const verb = words[at]?.text
  if (verb === undefined || words.length - at < 2 || utterance.question) return null
  if (verb === 'let') return letting(words, at)
  if (!durable.has(verb) || notImperative.has(verb)) return null
  if (/^(?:it|is|was|on|of|for the|in|that was|wise)\b/.test(words[at + 1]?.text ?? '')) return null
  return { kind: 'request', strength: vague.has(verb) ? 0.3 : 0.5, verb: at, cue: at, inflected: false }
}
/** "Let Martin check it": whoever is let do it, the other is asked to see to it. */
function letting(words: readonly Word[], at: number): Act | null {
  const who = words[at + 1]?.text
  const verb = words[at + 2]?.text
  if (who === undefined || verb === undefined || who === 'me' || who === 'us' || who === 'it') return null
  if (who !== 'him' && who !== 'her' && who !== 'them' && !durable.has(verb)) return null
  return { kind: 'request', strength: 0.45, verb: at, cue: at, inflected: false }
}

/** Nouns or openings of a story as often as orders. */
const notImperative = new Set(
  (
    'do work plan design test report model score mark note list text order budget brief quote record access cover own ' +
    'change answer see let like match sort kind train figure track study visit file mail phone ring copy map scope ' +
    'interview learn lead push practice stay estimate forecast request research weigh meet'
  ).split(' '),
)

/** Position of the word that holds character `at` of `plain`. */
export function wordAt(utterance: Utterance, at: number): number {
  let count = 0
  for (let i = 0; i < at; i++) if (utterance.plain[i] === ' ') count += 1
  return Math.min(count, utterance.words.length - 1)
}
