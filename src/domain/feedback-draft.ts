import { contextOf, lintFeedback } from './feedback.ts'
import { behaviorsOf } from './feedback/behavior.ts'
import { clausesOf, type Clause } from './feedback/clauses.ts'
import { opinion, saysEffect } from './feedback/impact.ts'
import type { Mark } from './feedback/marks.ts'
import { plainOf } from './feedback/plain.ts'
import { anchorsOf } from './feedback/situation.ts'
import type { TraitContext } from './feedback/traits.ts'
import { isSeenPast } from './feedback/verbs.ts'
import { sentencesOf, wordsOf } from './feedback/words.ts'

/** The writer's own words in their places; null where nothing was written. Nothing is made up, nothing reworded. */
export interface FeedbackDraft {
  situation: string | null
  behavior: string | null
  impact: string | null
  ask: string | null
  /** The parts in order; null while nothing that was done stands there. */
  draft: string | null
  missing: ('situation' | 'behavior' | 'impact')[]
  /** Words taken out: traits, absolutes, hearsay, comparisons, filler. */
  removed: string[]
}

type Place = 'situation' | 'behavior' | 'impact' | 'ask'

const wish =
  /^(?:(?:and|but|so|please|next time|in (?:the )?future|from now on|going forward|also|instead),? )*(?:please\b|next time\b|from now on\b|going forward\b|in (?:the )?future\b|could (?:you|we|he|she|they)\b|can (?:you|we)\b|would you\b|will you\b|i(?:'d| would) (?:like|love|prefer|appreciate|want|be grateful)\b|i (?:want|need|ask|expect|hope|wish) (?:you|him|her|that|we|to see)\b|it would (?:help|be)\b|it'd (?:help|be)\b|let's\b|let us\b|(?:you|he|she|we) (?:should|could|must|need to|ought to)\b|try\b|make sure\b|what (?:would|could|can|do|does)\b|how (?:can|could|would|do)\b|how about\b|what about\b|what if\b|i suggest\b|maybe (?:you|we)\b)/
const filler =
  /^(?:(?:hey|hi|hello|ok|okay|so|well|right|look|listen|honestly|frankly|anyway|to be (?:honest|fair|frank)|quick (?:one|note)(?: (?:on|about|for you))?|just|thanks|thank you|great (?:job|work)|good (?:job|work)|well done|nice (?:job|work)|keep it up|i (?:just )?(?:wanted|want) to (?:say|mention|tell you|talk|give you some feedback)(?: (?:that|about (?:it|this)))?|i (?:have to|must) say|some feedback|feedback|fyi|notes? to self|not sure how to (?:say|put) this|as you know|don't get me wrong|no offence|no offense|lol|ugh|argh)[,.!: ]*)+$/

/** Sorts rough words into situation, behaviour, effect and ask; what the gate marks is taken out and listed. */
export function draftFeedback(rough: string, names: readonly string[] = []): FeedbackDraft {
  const words = wordsOf(rough)
  const context = contextOf(words, names)
  const { marks } = lintFeedback(rough, { names })
  const parts: Record<Place, string[]> = { situation: [], behavior: [], impact: [], ask: [] }
  const removed: string[] = []
  let done = false

  for (const sentence of sentencesOf(rough, words)) {
    const plain = plainOf(sentence.text)
    if (filler.test(plain.trim())) {
      removed.push(sentence.text)
      continue
    }
    if (/\?["”]?$/.test(sentence.text) || wish.test(plain)) {
      // A question stays the writer's question, also where a word in it is marked: the gate asks about it.
      parts.ask.push(clean(rough, sentence.start, sentence.end, [], removed))
      continue
    }
    const clauses = clausesOf(sentence, context)
    let open = null as { place: Place; start: number; end: number; marks: Mark[] } | null
    const close = () => {
      if (open !== null) parts[open.place].push(clean(rough, open.start, open.end, open.marks, removed))
      open = null
    }
    for (const [index, clause] of clauses.entries()) {
      const own = marks.filter(mark => mark.start >= clause.start && mark.end <= clause.end)
      if (own.some(mark => judges(mark, clause, rough, context))) {
        close()
        const anchor =
          parts.situation.length === 0
            ? anchorsOf(plainOf(rough.slice(clause.start, clause.end)))[0]
            : undefined
        if (anchor !== undefined)
          parts.situation.push(rough.slice(clause.start + anchor.start, clause.start + anchor.end))
        removed.push(bare(rough.slice(clause.start, clause.end)))
        continue
      }
      const subject = doings(clause, context)
      if (subject !== null) {
        close()
        placeDoing(rough, clause, subject, own, parts, removed)
        done = true
        continue
      }
      // Clauses of one kind that stand together stay together.
      const place = placeOf(rough, clause, clauses[index + 1], done, context)
      if (open?.place === place)
        open = { place, start: open.start, end: clause.end, marks: [...open.marks, ...own] }
      else {
        close()
        open = { place, start: clause.start, end: clause.end, marks: own }
      }
    }
    close()
  }
  return assemble(parts, removed)
}

/** A mark that takes its clause along; an adverb or an "always" goes alone. */
function judges(mark: Mark, clause: Clause, rough: string, context: TraitContext): boolean {
  // Without its "never" a sentence would say the opposite.
  if (mark.kind === 'absolute')
    return /\b(?:never|n['’]t|not|nothing|anything)\b/i.test(rough.slice(mark.start, mark.end))
  if (mark.kind === 'hearsay' || mark.kind === 'comparison') return true
  const verbs = behaviorsOf(clause.words, context).map(at => clause.words[at]!)
  return !verbs.some(verb => verb.end <= mark.start || verb.start >= mark.end) || !isAdverb(clause, mark)
}
const isAdverb = (clause: Clause, mark: Mark) =>
  clause.words.some(word => word.start === mark.start && /ly$|^on$|^deliberately$|^to$/.test(word.plain))

/** The place of the doer's word in a clause that tells what somebody did; null where it tells no such thing. */
function doings({ words }: Clause, context: TraitContext): number | null {
  const [verb] = behaviorsOf(words, context)
  if (verb !== undefined) {
    for (let i = verb; i >= 0; i--)
      if (/^(?:you|your|he|she)$/.test(words[i]!.plain) || context.topic.has(words[i]!.plain)) return i
    return Math.max(0, verb - 1)
  }
  const first = words.findIndex(word => !/^(?:and|but|then|also|again|just)$/.test(word.plain))
  const start = words[first]
  if (start === undefined) return null
  // A note without its subject: "interrupted Priya twice", "didn't tell anyone".
  if (isSeenPast(start.plain) || (start.plain === 'did' && words[first + 1]?.plain === "n't")) return first
  return null
}

/** Cuts the time and place that stand first or last off what was done. */
function placeDoing(
  rough: string,
  clause: Clause,
  subject: number,
  marks: readonly Mark[],
  parts: Record<Place, string[]>,
  removed: string[],
) {
  const doer = clause.words[subject]!
  const before = parts.situation.length
  const lead = rough.slice(clause.start, doer.start)
  const anchors = anchorsOf(plainOf(lead))
  let from = doer.start
  if (anchors.length > 0) {
    const first = /^\s*(?:i|we)\b/i.test(lead) ? anchors[0]! : { start: 0, end: lead.length }
    parts.situation.push(bare(lead.slice(first.start, first.end)))
    if (first.start > 0)
      removed.push(...nonEmpty(bare(lead.slice(0, first.start))), ...nonEmpty(bare(lead.slice(first.end))))
  } else if (/^\W*(?:and|but|so|then|because|since)?\W*$/i.test(lead)) from = doer.start
  else if (
    filler.test(plainOf(lead).trim()) ||
    /^\s*i (?:noticed|saw|heard|observed|think|thought|just|wanted)\b[^.]*$/i.test(lead)
  )
    removed.push(bare(lead))
  else from = clause.start
  let to = clause.end
  const rest = rough.slice(from, to)
  const last = anchorsOf(plainOf(rest)).findLast(anchor => endsClause(rest, anchor.end))
  if (parts.situation.length === 0 && last !== undefined && last.start > 0) {
    const cut = endsHere(rest, last.end)
    if (cut) {
      parts.situation.push(bare(rest.slice(last.start)))
      to = from + last.start
    } else parts.situation.push(bare(rest.slice(last.start, last.end)))
  } else if (parts.situation.length === 0) {
    const any = anchorsOf(plainOf(rest))[0]
    if (any !== undefined) parts.situation.push(bare(rest.slice(any.start, any.end)))
  }
  const told = clean(rough, from, to, marks, removed)
  // What happened on the day that is named stands first.
  if (parts.situation.length > before)
    parts.behavior.splice(parts.situation.length === 1 ? 0 : parts.behavior.length, 0, told)
  else parts.behavior.push(told)
}
const endsClause = (text: string, end: number) =>
  !/[.,;:!?]\s*\S/.test(text.slice(end)) && text.slice(end).trim().split(/\s+/).length <= 4
const endsHere = (text: string, end: number) =>
  /^[\s.,;:!?]*$/.test(text.slice(end)) ||
  !wordsOf(text.slice(end)).some(
    word => isSeenPast(word.plain) || /^(?:you|i|we|he|she|they|to|that|for|without)$/.test(word.plain),
  )

/** Where a clause goes that tells nothing the person did. */
function placeOf(
  rough: string,
  clause: Clause,
  next: Clause | undefined,
  done: boolean,
  context: TraitContext,
): Place {
  const text = rough.slice(clause.start, clause.end)
  const plain = plainOf(text).replace(/^[\s,;:]*(?:and|but|so|because)\s+/, '')
  const becauseOfDoing =
    next !== undefined &&
    /^(?:because|since)$/.test(next.words[0]?.plain ?? '') &&
    doings(next, context) !== null
  if (
    done ||
    becauseOfDoing ||
    /^(?:[a-z]+ly,? )?(?:i|we)(?:'m|'ve)?\b/.test(plain) ||
    saysEffect(plainOf(text))
  )
    return 'impact'
  if (anchorsOf(plain).length > 0 || !opinion.test(plain)) return 'situation'
  return 'impact'
}

/** The words of a stretch without what is taken out of it; that goes on the list. */
function clean(rough: string, start: number, end: number, marks: readonly Mark[], removed: string[]): string {
  let text = ''
  let at = start
  for (const mark of marks) {
    text += rough.slice(at, mark.start).replace(/\s+$/, ' ')
    removed.push(rough.slice(mark.start, mark.end))
    at = mark.end
  }
  text +=
    marks.length > 0
      ? rough.slice(at, end).replace(/^\s*,?\s*/, text === '' || text.endsWith(' ') ? '' : ' ')
      : rough.slice(at, end)
  return bare(text)
}

/** Without the joint before and the mark after: ", and we lost it." → "we lost it". */
const bare = (text: string) =>
  text
    .replace(/^[\s,;:–—-]+/, '')
    .replace(/^(?:and|but|so|because|since|then)\s+(?=\S)/i, '')
    .replace(/[\s,;:–—-]+$/, '')
    .replace(/(?<!\b(?:a\.m|p\.m|etc|Mr|Mrs|Dr))\.$/, '')
    .replace(/\s+(?:and|but|because|since)$/i, '')
    .replaceAll(/[ \t]{2,}/g, ' ')
    .trim()
const nonEmpty = (text: string) => (text === '' ? [] : [text])

function assemble(parts: Record<Place, string[]>, removed: readonly string[]): FeedbackDraft {
  const joined = (place: Place) => {
    const texts = parts[place].filter(text => text !== '')
    return texts.length === 0
      ? null
      : texts.map((text, index) => (index === 0 ? text : upperFirst(text))).join('. ')
  }
  return draftFrom(
    {
      situation: joined('situation'),
      behavior: joined('behavior'),
      impact: joined('impact'),
      ask: joined('ask'),
    },
    removed.map(text => text.trim()).filter(text => text !== ''),
  )
}

/** What came of rough words: the parts as they are, one text of them where there is a behaviour, and what is missing. */
export const draftFrom = (
  parts: Pick<FeedbackDraft, 'situation' | 'behavior' | 'impact' | 'ask'>,
  removed: FeedbackDraft['removed'],
): FeedbackDraft => ({
  ...parts,
  draft: parts.behavior === null ? null : draftOf({ ...parts, behavior: parts.behavior }),
  missing: (['situation', 'behavior', 'impact'] as const).filter(part => parts[part] === null),
  removed,
})

export interface FeedbackParts {
  situation: string | null
  behavior: string
  impact: string | null
  ask?: string | null
}

/** The parts as one text, in order. A situation that stands in the behaviour already is not said twice. */
export function draftOf({ situation, behavior, impact, ask }: FeedbackParts): string {
  const told = situation !== null && situation !== '' && !plainOf(behavior).includes(plainOf(situation))
  const first = told
    ? /[.!?]/.test(situation) ||
      (/\b(?:was|were|had)\b/.test(situation) &&
        !/^(?:when|while|after|before|as|once|on|at|in|during)\b/i.test(situation))
      ? `${stop(situation)} ${upperFirst(behavior)}`
      : `${situation}, ${lowerFirst(behavior)}`
    : behavior
  return [first, impact, ask]
    .filter(text => text != null && text !== '')
    .map(text => stop(upperFirst(text!)))
    .join(' ')
}
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const lowerFirst = (text: string) => text.replace(/^(?:You|He|She|They|Your)\b/, word => word.toLowerCase())
const stop = (text: string) => (/[.!?…]["”]?$/.test(text) ? text : `${text}.`)
