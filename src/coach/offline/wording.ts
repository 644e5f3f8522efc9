import type { Act } from './acts.ts'
import { nameOf, otherThan, type Meeting } from './meeting.ts'
import type { Utterance } from './utterances.ts'
import { baseOfInflected, durable } from './verbs.ts'
import { plainWords } from './words.ts'

/** The longest task, in words; what goes on beyond it is read in the quote. */
const longest = 26

/** Tails that say nothing of the task. */
const tail =
  /[,\s]+(?:if (?:that's|that is|it's) (?:ok|okay|all right|alright|fine|good|useful|helpful)(?: with you)?|if you (?:like|want|don't mind)|you know|or something(?: like that)?|or whatever|right|okay|ok|i guess|i think|yeah|then|is that (?:ok|okay|fair|fine)|does that (?:work|make sense)|and so on|and stuff|and things|for me|please|actually|though|so|but|and|um|uh|too|as well|for sure)$/i

const filler = /^(?:um+|uh+|er+|erm|ah|mm+|hmm+|eh)[,.]?$/i

/** Free of hesitations, doubled words and dangling tails; first letter large, full stop at the end. */
export function sentence(raw: string): string {
  const words: string[] = []
  for (const word of raw.split(/\s+/)) {
    if (word === '' || filler.test(word)) continue
    const bare = word.toLowerCase().replace(/[,.]$/, '')
    if (words.at(-1)?.toLowerCase().replace(/[,.]$/, '') === bare && bare.length > 1 && bare !== 'that')
      words.pop()
    words.push(word)
  }
  let text = cut(words)
    .join(' ')
    .replace(/^[\s,.;:–-]+/, '')
  text = text.replace(
    /^(?:(?:and|so|but|ok|okay|well|yeah|yes|yep|right|then|just|also|now|because|alright|like|i mean|you know)[,.]? )+/i,
    '',
  )
  for (let i = 0; i < 4; i++) {
    const trimmed = text.replace(/[\s,.;:?!…–-]+$/, '').replace(tail, '')
    if (trimmed === text) break
    text = trimmed
  }
  text = text.replace(/[\s,.;:?!…–-]+$/, '')
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`
}

/** At most `longest` words, cut at the last comma where there is one in the second half. */
function cut(words: string[]): string[] {
  if (words.length <= longest) return words
  const kept = words.slice(0, longest)
  const comma = kept.findLastIndex((word, i) => i >= longest / 2 && /[,;.]$/.test(word))
  return comma === -1 ? kept : kept.slice(0, comma + 1)
}

/**
 * The task of an act as a clear sentence: from its verb on, "you" and "me" turned into the name
 * where it is safe (a pair, and the word means the one who does not own the task).
 */
export function taskText(meeting: Meeting, utterance: Utterance, act: Act, owner: string | null): string {
  const verb = utterance.words[act.verb]
  if (verb === undefined) return sentence(utterance.text)
  let raw = utterance.line.text.slice(verb.from, utterance.to)
  if (act.inflected) raw = (baseOfInflected(verb.text) ?? verb.text) + raw.slice(verb.to - verb.from)
  return sentence(resolved(meeting, utterance, withTopic(utterance, act, raw), owner))
}

/** "The supplier list, I'll send you that": what was named first takes the place of what points to it. */
function withTopic(utterance: Utterance, act: Act, raw: string): string {
  const cue = utterance.words[act.cue] ?? utterance.words[act.verb]
  const before = utterance.line.text.slice(utterance.from, cue?.from ?? utterance.from)
  const topic =
    /\b((?:the|my|your|our|his|her|their) [\p{L}\p{N}'’-]+(?: [\p{L}\p{N}'’-]+){0,3}),\s*$/iu.exec(
      before,
    )?.[1]
  return topic === undefined
    ? raw
    : raw.replace(/^(\S+(?: (?:you|me|her|him))?) (?:that|it|this|those|them)\b/i, `$1 ${lowerFirst(topic)}`)
}
const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)

/** "you", "me" and "your", "my" as names, as seen from the one who owns the task. */
export function resolved(meeting: Meeting, utterance: Utterance, raw: string, owner: string | null): string {
  const other = otherThan(meeting, utterance.speaker)
  if (utterance.speaker === null || other === null || owner === null) return raw
  const speaker = nameOf(meeting, utterance.speaker)
  const you = nameOf(meeting, other)
  if (owner === utterance.speaker) return youToName(raw, you)
  return raw
    .replace(/\bmine\b/gi, possessive(speaker))
    .replace(/\bmy\b/gi, possessive(speaker))
    .replace(/\bme\b/gi, speaker)
}

/** "you" stays where it is the subject of a clause ("what you said") or thanks. */
function youToName(raw: string, name: string): string {
  const words = raw.split(' ')
  return words
    .map((word, i) => {
      const [bare, end] = [word.replace(/[,.?!;:]+$/, ''), /[,.?!;:]+$/.exec(word)?.[0] ?? '']
      const lower = bare.toLowerCase()
      if (lower === 'your' || lower === 'yours') return possessive(name) + end
      if (lower !== 'you') return word
      const before = words[i - 1]?.toLowerCase() ?? ''
      const next = words[i + 1]?.toLowerCase().replace(/[,.?!]$/, '') ?? ''
      return end === '' && (subjectVerbs.has(next) || opensClause.has(before)) ? word : name + end
    })
    .join(' ')
}
const subjectVerbs = new Set(
  (
    "know were are have had need want said asked mentioned can could did do don't think like sent gave get will would guys two " +
    'all should might just already really were wrote told told raised suggested made shared'
  ).split(' '),
)
const opensClause = new Set(
  'thank if what when so that once where while before after because whether how do did are were as until and'.split(
    ' ',
  ),
)

const possessive = (name: string) => `${name}'s`

/** True when the task names nothing by itself: "do that", "approve it", "ask her this week". */
export function namesNothing(text: string): boolean {
  const words = plainWords(text).map(word => word.text)
  const told = words.filter(word => !pointing.has(word) && !durable.has(word))
  return told.length === 0
}
const pointing = new Set(
  (
    'do that it this those them these her him one both all take care of get on to sort handle look into have a go at make happen work out will done ' +
    'onto with right away today tomorrow tonight morning afternoon evening week by then for you me now and so just see leave consider deal own got the ' +
    'fix check follow up action as well too in over off monday tuesday wednesday thursday friday this next later later myself first'
  ).split(' '),
)
