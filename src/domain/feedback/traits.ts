import { isName, isPerson, personNouns } from './people.ts'
import {
  passingStates,
  traitAdjectives,
  traitAdverbs,
  traitNominals,
  traitNouns,
  traitPhrases,
} from './trait-words.ts'
import type { Span } from './marks.ts'
import { nominal } from './nominals.ts'
import { around, following, preceding } from './nearby.ts'
import type { Word } from './words.ts'

const set = (words: string) => new Set(words.trim().split(/\s+/))

const intensifiers =
  set(`so very too really quite rather pretty such just simply bit a an little kind of sort somewhat
  extremely incredibly totally completely absolutely always never often sometimes usually constantly still also both
  not n't more less most least overly the frankly honestly plain fairly terribly awfully bloody damn utterly
  generally basically clearly obviously truly deeply super far way much even only genuinely naturally particularly
  especially exceptionally remarkably unbelievably hopelessly painfully seriously consistently increasingly
  disappointingly most-of-the-time at times all no real bad big total complete proper right little-bit as how`)
const joins = set('and or but nor yet')
const copulas =
  set(`am is are was were be been being 're 's 'm seem seems seemed appear appears appeared look looks
  looked sound sounds sounded act acts acted behave behaves behaved become becomes became becoming get gets got getting
  remain remains remained stay stays stayed seeming coming acting`)
const across = set('across off over')
const come = set('come comes came coming')
const seenAs = set(
  'seen perceived known regarded viewed described labelled labeled describe see perceive view rated',
)
const judging = set(
  'find found finds consider considered think thought call called make makes made making believe feel',
)
const auxiliaries =
  set(`can could may might will would 'll 'd have has had 've 's to been be being need needs needed
  try tries trying tried want wants tend tends tended n't not do does did just only always never often sometimes also
  really still simply must should a bit seem seems as come came comes across off over honestly frankly quite
  rather probably clearly obviously usually generally just too so very seeming 're is was are were again known
  for tendency have got ought supposed lately both all kind of like sort definitely certainly simply`)
const subjects = set('you he she i we they it')
const pastBe = set('was were been')
const wishes = set('more less so too such stop')

export interface TraitContext {
  known: ReadonlySet<string>
  /** The piece speaks to "you": then he, she and names are others, whose passing states may be what it led to. */
  addressed: boolean
  /** In a piece about somebody: the name and the pronoun it is about. Other names are others. */
  topic: ReadonlySet<string>
}

/** Places that say what a person is. Each is judged by what stands around it: "the build was lazy" is none. */
export function traitSpans(words: readonly Word[], context: TraitContext): Span[] {
  const spans: Span[] = []
  const taken = new Set<number>()
  const mark = (from: number, to: number) => {
    for (let i = from; i <= to; i++) if (taken.has(i) || words[i]!.quoted) return
    for (let i = from; i <= to; i++) taken.add(i)
    spans.push({ start: words[from]!.start, end: words[to]!.end })
  }
  for (const { from, to } of phrasesIn(words))
    if (meansPerson(words, from, context, false) || calls(words, from)) mark(from, to)
  for (let i = 0; i < words.length; i++) {
    const { plain } = words[i]!
    if (traitAdjectives.has(plain) && adjectiveMeansPerson(words, i, context)) mark(i, i)
    else if (traitNouns.has(plain) && (meansPerson(words, i, context, false) || calls(words, i))) mark(i, i)
    else if (traitNominals.has(plain)) nominal(words, i, mark)
    else if (traitAdverbs.has(plain) && adverbOfPerson(words, i, context)) mark(i, i)
  }
  return spans.toSorted((a, b) => a.start - b.start)
}

function* phrasesIn(words: readonly Word[]) {
  for (let i = 0; i < words.length; i++)
    for (const parts of phraseWords.get(words[i]!.plain) ?? [])
      if (parts.every((part, k) => words[i + k]?.plain === part && (k === 0 || !words[i + k]!.opens)))
        yield { from: i, to: i + parts.length - 1 }
}
const phraseWords = Map.groupBy(
  traitPhrases.map(phrase => phrase.split(' ')),
  parts => parts[0]!,
)

/** Words that end a trait without naming one: "careful to count", "responsible for the rota", "kind of". */
const turnsAway: Record<string, RegExp> = {
  kind: /^of\b/,
  sort: /^of\b/,
  responsible: /^for\b/,
  careful: /^(?:to|with|about|when|not)\b/,
  keen: /^(?:to|on)\b/,
  eager: /^to\b/,
  committed: /^to\b/,
  engaged: /^(?:in|by|with)\b/,
  engaging: /./,
  focused: /^on\b/,
  dedicated: /^to\b/,
  bad: /^(?:at|for|that|when)\b/,
  hungry: /./,
  sound: /./,
  solid: /./,
  proud: /^(?:of|to|that)\b/,
  grateful: /^(?:for|to|that)\b/,
  bright: /^and early/,
  capable: /^of\b/,
  angry: /^(?:about|at|with|that|when|because)\b/,
  upset: /./,
  bored: /^(?:of|with)\b/,
  positive: /^(?:about|that)\b/,
  honest: /^(?:about|with)\b/,
  super: /^(?:\w+)/,
  fair: /^(?:enough|to)\b/,
  great: /^(?:to have|to see|to hear|that|if)\b/,
  demanding: /^(?:that|an?|the|to)\b/,
  controlling: /^(?:the|for)\b/,
  bullying: /^(?:the|a|him|her|me)\b/,
  interfering: /^with\b/,
  annoying: /^(?:the|me|him|her)\b/,
  consistent: /^with\b/,
  precise: /^about\b/,
  challenging: /^(?:the|a|me|him|her|them|our|my|his|that|this|what|how)\b/,
  manipulating: /./,
  insulting: /^(?:the|a|me|him|her|them|our|my)\b/,
  driven: /^(?:by|to|the|from|over|past|home|back|out|into)\b/,
  determined: /^(?:that|by|the)\b/,
  composed: /^(?:of|the|a)\b/,
  brave: /^(?:the)\b/,
  stable: /./,
  offensive: /^(?:to)\b/,
  mean: /^(?:to|that|the|it|you|we|they|by|there|a|more|less)\b/,
  organised: /^(?:the|a|an|our|for|it|by|us|that)\b/,
  organized: /^(?:the|a|an|our|for|it|by|us|that)\b/,
  structured: /^(?:the|a|an|our|it)\b/,
  withdrawn: /^(?:the|from|your|a)\b/,
  reserved: /^(?:the|a|for|your|two|three|\w+ (?:seats|rooms|tables))\b/,
  detached: /^(?:the|a|from)\b/,
}

function adjectiveMeansPerson(words: readonly Word[], at: number, context: TraitContext): boolean {
  const { plain } = words[at]!
  const after = following(words, at, 3)
  if (turnsAway[plain]?.test(after) === true) return false
  const next = words[at + 1]
  // "…, which was careless of you"
  if (next?.plain === 'of' && /^(?:you|him|her)$/.test(words[at + 2]?.plain ?? '') && plain !== 'kind')
    return true
  if (
    plain === 'kind' &&
    /^of (?:you|him|her)\b/.test(after) &&
    /\b(?:was|is|so|very|really)$/.test(preceding(words, at, 2))
  )
    return true
  if (/\bas$/.test(preceding(words, at, 1)) && /^as (?:you|him|her)\b/.test(after)) return true
  if (/\bsomething(?: \w+)?$/.test(preceding(words, at, 2)) && /^about (?:you|him|her)\b/.test(after))
    return true
  if (words[at - 1]?.plain === 'you' && traitNouns.has(next?.plain ?? '')) return true
  const list = adjacentTrait(words, at)
  // An adjective before a noun is that noun's, unless the noun is a person: "a lazy person", "a clear, careful note".
  if (next !== undefined && !next.opens && !next.comma && !list && !closes.has(next.plain)) {
    if (personNouns.has(next.plain) || traitNouns.has(next.plain))
      return (
        meansPerson(words, at, context, false) ||
        calls(words, at) ||
        personAfter(words, at) ||
        (personal.has(next.plain) && /\b(?:an?|such|what)(?: \w+)?$/.test(preceding(words, at, 2)))
      )
    if (traitAdjectives.has(next.plain)) return adjectiveMeansPerson(words, at + 1, context)
    if (!adverbial(next.plain)) return false
  }
  return meansPerson(words, at, context, passingStates.has(plain))
}
const personal = set(
  'person man woman guy individual human colleague employee worker boss manager coworker co-worker teammate bloke lad girl chap',
)

/** Words that may follow a finished "you are lazy". */
const closes =
  set(`and or but nor at in on with to about when if as that because since for during while who than
  of by lately sometimes these today yesterday this last again enough toward towards around under after before from
  though although so too which i you he she it we they over there here again or most all unless until
  without whenever every and both even especially right just one is are was were`)
const adverbial = (word: string) => word.endsWith('ly') || closes.has(word) || word.startsWith("'")

const adjacentTrait = (words: readonly Word[], at: number) => {
  const next = words[at + 1]
  return next !== undefined && !next.opens && next.comma && traitAdjectives.has(next.plain)
}

/** Walks left over "so", "a bit", other traits and "and" to a verb of being whose subject is a person. */
function meansPerson(words: readonly Word[], at: number, context: TraitContext, passing: boolean): boolean {
  let i = at - 1
  if (words[at]!.opens) return false
  while (i >= 0) {
    const { plain, opens } = words[i]!
    const list =
      joins.has(plain) || traitAdjectives.has(plain) || traitNouns.has(plain) || personNouns.has(plain)
    if (!intensifiers.has(plain) && !list && !/^\p{L}+ly$/u.test(plain)) break
    if (opens) return /^(?:more|less|so|too|how|such)$/.test(plain) && false
    i--
  }
  const verb = words[i]
  if (verb === undefined) return false
  const before = words[i - 1]?.plain ?? ''
  // "I find you abrasive", "Are you lazy?", "it makes you careless"
  if (isPerson(words, i, context.known)) {
    if (judging.has(before) && !toldByYou(words, i - 1)) return true
    if (/^(?:are|is|were|was|be|why)$/.test(before) && verb.plain !== 'her') return !passing
    return traitNouns.has(words[at]!.plain) && i === at - 1 && verb.plain === 'you'
  }
  if (judging.has(verb.plain) && /^(?:you)$/.test(before)) return false
  if (verb.plain === 'as' || across.has(verb.plain)) {
    const as = verb.plain === 'as' ? before : verb.plain
    if (across.has(as)) return come.has(words[i - (verb.plain === 'as' ? 2 : 1)]?.plain ?? '')
    return seenAs.has(as) || seenAs.has(words[i - 2]?.plain ?? '')
  }
  if (/^(?:have|has|had|'ve|having)$/.test(verb.plain)) return false
  if (!copulas.has(verb.plain)) return false
  const imperative = /^(?:be|being|get|getting|act|acting|stay|become)$/.test(verb.plain)
  let past = pastBe.has(verb.plain)
  let k = i - 1
  while (k >= 0 && auxiliaries.has(words[k]!.plain) && !words[k + 1]!.opens) {
    if (pastBe.has(words[k]!.plain)) past = true
    k--
  }
  if (words[k + 1]!.opens || k < 0)
    return (
      imperative &&
      (wishes.has(words[i + 1]?.plain ?? '') || /\b(?:n't|not|stop|try)\b/.test(preceding(words, i, 2)))
    )
  if (imperative && words[k]!.plain === 'stop') return true
  // "You are abrasive and need to be more approachable": the second verb has the same subject.
  while (joins.has(words[k]!.plain) && k > 0) {
    let left = k - 1
    while (left > 0 && !words[left]!.opens && !subjects.has(words[left]!.plain)) left--
    if (left >= 0 && subjects.has(words[left]!.plain)) k = left
    else break
  }
  if (imperative && verb.plain === 'be' && words[k + 1]!.comma && wishes.has(words[i + 1]?.plain ?? ''))
    return true
  return isSubject(words, k, context, passing, past)
}

function isSubject(
  words: readonly Word[],
  at: number,
  context: TraitContext,
  passing: boolean,
  past: boolean,
) {
  const { plain } = words[at]!
  if (
    toldByYou(words, at - 1) ||
    (plain !== 'you' && /\bthat$/.test(preceding(words, at, 1)) && toldByYou(words, at - 2))
  )
    return false
  if (plain === 'you') return !(passing && past) && !asks(words, at)
  if (plain === 'who') return /^(?:someone|somebody|person|colleague|one)$/.test(words[at - 1]?.plain ?? '')
  if (/^(?:attitude|personality|character|temperament|demeanour|demeanor|manner)$/.test(plain)) return true
  if (plain === 'he' || plain === 'she' || isName(words, at, context.known))
    // Spoken to "you", the others' feelings are what it led to; what they are stays a judgement.
    return context.addressed ? !(passing || past) && plain !== 'she' && plain !== 'he' : !(passing && past)
  return false
}

const asks = (words: readonly Word[], at: number) =>
  /^(?:if|unless|whether)$/.test(words[at - 1]?.plain ?? '')

/** "You called him lazy", "you told Farid he was slow": what was said is what was done. */
function toldByYou(words: readonly Word[], at: number): boolean {
  for (let i = at; i >= Math.max(0, at - 3); i--) {
    if (/^(?:told|called|said|wrote|tell|call)$/.test(words[i]!.plain))
      return words.slice(Math.max(0, i - 3), i).some(word => word.plain === 'you')
    if (words[i]!.opens) return false
  }
  return false
}

/** "Such a star", "what a bully", "you bully". */
const calls = (words: readonly Word[], at: number) =>
  /\b(?:such an?|what an?|like an?|being an?)(?: (?:\w+))?$/.test(preceding(words, at, 3)) &&
  /\b(?:you|he|she|him|her|person|are|is)\b/.test(around(words, at))
/** "…the kind of thoughtless person you are." */
const personAfter = (words: readonly Word[], at: number) =>
  /\b(?:you|he|she) (?:are|is|can be|were|was)\b/.test(following(words, at, 6))

/** "You rudely left", "left carelessly": the nearest subject on the left is a person. */
function adverbOfPerson(words: readonly Word[], at: number, context: TraitContext): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 12); i--) {
    const { plain } = words[i]!
    if (plain === 'you' || (!context.addressed && isPerson(words, i, context.known))) return true
    if (/^(?:i|we|they|it|he|she|which|who)$/.test(plain) || words[i + 1]!.opens) return false
  }
  return false
}
