import type { Span } from './marks.ts'
import { isName } from './people.ts'
import { spansOf, type Plain } from './plain.ts'
import type { TraitContext } from './traits.ts'
import type { Word } from './words.ts'

const set = (words: string) => new Set(words.trim().split(/\s+/))

const adverbs =
  set(`always never constantly continually continuously perpetually permanently endlessly invariably
  consistently incessantly habitually chronically unfailingly relentlessly forever ever eternally everytime`)
const skipped =
  set(`do does did have has had 've 's 're 'll 'd are is was were am be been will would just almost nearly
  also still really so too then honestly literally quite pretty simply practically basically n't not seem seems seemed
  tend to being virtually already absolutely`)
const pronouns = set('you he she i we they it who nobody everyone everybody someone this that which there')
const ofPerson = set('you he she')

/** Always, never, constantly … said of a person. "We always deploy on Tuesday", "never mind" and advice are none. */
export function absoluteSpans(words: readonly Word[], plain: Plain, context: TraitContext): Span[] {
  const spans = [...spansOf(plain, /\bnever ever\b/g), ...multiword(words, plain)]
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word.quoted || !adverbs.has(word.plain) || spans.some(span => inside(word, span))) continue
    if (saidOfPerson(words, i, context)) spans.push({ start: word.start, end: word.end })
  }
  return spans.toSorted((a, b) => a.start - b.start)
}

const inside = (word: Word, span: Span) => word.start < span.end && span.start < word.end

function saidOfPerson(words: readonly Word[], at: number, context: TraitContext): boolean {
  const { plain } = words[at]!
  const next = words[at + 1]
  const before = words[at - 1]?.plain ?? ''
  if (plain === 'never' && next?.plain === 'mind') return false
  if (plain === 'ever')
    return /^(?:n't|not|hardly|barely|scarcely|rarely|nothing)$/.test(before) && ofYou(words, at, context)
  if (plain === 'forever' && next?.plain.endsWith('ing') !== true) return false
  if (/^(?:n't|not)$/.test(before) && plain !== 'ever') return false
  if (plain === 'always' && /^(?:can|could|may|might|should|must|'ll)$/.test(before)) return false
  if (/^(?:should|must|to)$/.test(before)) return false
  let i = at
  while (i > 0 && !words[i]!.opens && skipped.has(words[i - 1]!.plain)) i--
  if (i === 0 || words[i]!.opens) {
    // "Always late, never prepared": the subject is left out. "Never have I seen …" has one of its own.
    return !/^(?:have|had|has|did|do|i|we|it|in|before|use|keep|check|lock|wear)$/.test(next?.plain ?? '') &&
      i === at &&
      next !== undefined
      ? ofYou(words, at, context) || /^(?:late|last|ready|there|busy|on|first|the)$/.test(next.plain)
      : false
  }
  const subject = words[i - 1]!
  if (pronouns.has(subject.plain)) {
    if (subject.plain === 'who') return context.addressed
    return ofPerson.has(subject.plain) && (subject.plain === 'you' || !context.addressed)
  }
  if (!context.addressed && isName(words, i - 1, context.known)) return true
  const ends =
    next === undefined ||
    next.opens ||
    next.comma ||
    /^(?:and|but|or|when|while|in|at|on|during|to|with|because|so|about)$/.test(next.plain)
  const joined = /^(?:and|but|or|as|like)$/.test(subject.plain) || words[at]!.comma
  return (ends || joined || subject.plain === 'your') && ofYou(words, at, context)
}

/** The nearest subject on the left is the person meant. */
function ofYou(words: readonly Word[], at: number, context: TraitContext): boolean {
  for (let i = at - 1; i >= 0 && !words[i + 1]!.opens; i--) {
    const { plain } = words[i]!
    if (ofPerson.has(plain)) return plain === 'you' || !context.addressed
    if (plain === 'your') return true
    if (pronouns.has(plain) && plain !== 'who' && plain !== 'that' && plain !== 'this' && plain !== 'it')
      return false
    if (!context.addressed && isName(words, i, context.known)) return true
  }
  return false
}

const phrases: RegExp[] = [
  /\b(?:each and )?every (?:single |damn |bloody )?time\b/g,
  /\bevery single \w+(?! of)\b/g,
  /\beach and every \w+\b/g,
  /\ball the (?:bloody |damn )?time\b/g,
  /\bwithout (?:fail|exception)\b/g,
  /\bat (?:all times|every (?:turn|opportunity))\b/g,
  /\bday in,? day out\b/g,
  /\b(?:100 ?%|one hundred per ?cent) of the time\b/g,
  /\b24\/7\b/g,
  /\b(?:as|like) always\b/g,
  /\b(?:like|as) (?:you|he|she) always (?:do|does|did)\b/g,
  /\bas (?:per )?usual\b/g,
  /\bfor the (?:hundredth|umpteenth|thousandth|millionth) time\b/g,
  /\bnot once (?:have|has|had|did|do|does) (?:you|he|she)\b/g,
  /\b(?:have|has|had|did|do|does)(?:n't| not) once\b/g,
  /\bnothing (?:you|he|she) (?:ever )?(?:do|does|say|says|write|writes|touch|touches)\b/g,
  /(?<!\bfor )\b(?:everything|anything) (?:you|he|she) (?:ever )?(?:do|does|say|says|write|writes|touch|touches)\b/g,
  /\bin every (?:single )?(?:meeting|review|call|shift|message|email)\b/g,
]
const habitual = /\bevery (?:day|week|meeting|morning|shift|night|month|evening|sprint|friday|monday)\b/g

function multiword(words: readonly Word[], plain: Plain): Span[] {
  const found: Span[] = []
  const add = (span: Span) => {
    if (!found.some(other => span.start < other.end && other.start < span.end)) found.push(span)
  }
  for (const pattern of phrases)
    for (const span of spansOf(plain, pattern))
      if (/\b(?:you|your|he|she|his|her)\b/.test(sentenceAround(plain, span)) && !ownedByOthers(words, span))
        add(span)
  for (const span of spansOf(plain, habitual)) {
    const clause = clauseBefore(plain, span)
    if (/\b(?:you|you're) (?:\w+ ){0,4}$/.test(clause) && !pastVerb.test(clause)) add(span)
  }
  for (const span of spansOf(plain, /\bwhenever (?:i|we|someone|somebody|anyone|people)\b/g))
    if (/\byou\b/.test(sentenceAround(plain, span)))
      add({ start: span.start, end: span.start + 'whenever'.length })
  return found
}

const pastVerb =
  /\byou(?:'ve| have| had)? (?:\w+ )?(?:\w+ed|sat|rang|wrote|came|went|took|did|gave|were|was|held|made|read|kept|met|stood|sent|spoke|brought|ran|left|drove)\b/

/** "Oskar stayed on each time", "the pump failed every time": somebody or something else is the subject. */
function ownedByOthers(words: readonly Word[], span: Span): boolean {
  const at = words.findIndex(word => word.start >= span.start)
  if (at <= 0 || words[at]!.opens) return false
  for (let i = at - 1; i >= 0; i--) {
    const { plain } = words[i]!
    if (/^(?:you|your|he|she)$/.test(plain)) return false
    if (/^(?:i|we|they|it|who)$/.test(plain)) return true
    if (words[i]!.opens) return false
  }
  return false
}

const sentenceAround = (plain: Plain, span: Span) => {
  const from =
    Math.max(
      plain.lastIndexOf('.', span.start),
      plain.lastIndexOf('!', span.start),
      plain.lastIndexOf('?', span.start),
    ) + 1
  const rest = plain.slice(span.end).search(/[.!?]/)
  return plain.slice(from, rest === -1 ? undefined : span.end + rest)
}
const clauseBefore = (plain: Plain, span: Span) =>
  plain.slice(
    Math.max(...['.', '!', '?', ';', ','].map(mark => plain.lastIndexOf(mark, span.start))) + 1,
    span.start,
  )
