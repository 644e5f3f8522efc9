import type { Act } from './acts.ts'
import { namedIn, otherThan, type Meeting } from './meeting.ts'
import type { Utterance } from './utterances.ts'

const assigns = new Set(
  "will should can could must would to is 's 'll needs has gets does going you you'll you're do could you've your for if".split(
    ' ',
  ),
)

/**
 * The label of whoever a task falls to, or null when it is nobody's in particular.
 * I → the speaker; you → the other of a pair, or the person named beside it; "we" → nobody.
 */
export function ownerOf(meeting: Meeting, utterance: Utterance, act: Act | null): string | null {
  const named = namedIn(meeting, utterance)
  const subject = named.find(hit => hit.label !== utterance.speaker && isSubject(utterance, hit, act))
  if (subject !== undefined && act?.kind !== 'promise' && act?.kind !== 'offer') {
    const several = named.filter(
      hit =>
        hit.label !== subject.label && Math.abs(hit.at - subject.at) < 6 && joined(utterance, subject, hit),
    )
    return several.length > 0 ? null : subject.label
  }
  if (act === null || act.kind === 'together') return null
  if (act.kind === 'promise' || act.kind === 'offer') return utterance.speaker
  if (
    /\byou (?:two|guys|both|all)\b|\beverybody|\beveryone|\ball of you\b|\bboth of you\b/.test(
      utterance.plain,
    )
  )
    return null
  const other = otherThan(meeting, utterance.speaker)
  if (other !== null) return other
  // In a meeting of many "you" is somebody only when a name stands beside it; a guess is no owner.
  const before = meeting.utterances[utterance.index - 1]
  const beside =
    named.length === 1
      ? named
      : before?.turn === utterance.turn && before.words.length <= 12
        ? namedIn(meeting, before)
        : []
  const others = new Set(beside.map(hit => hit.label).filter(label => label !== utterance.speaker))
  return others.size === 1 ? [...others][0]! : null
}

function isSubject(utterance: Utterance, hit: { at: number; length: number }, act: Act | null): boolean {
  const word = utterance.words[hit.at + hit.length - 1]!.text
  const next = utterance.words[hit.at + hit.length]?.text
  if (word.endsWith("'ll")) return true
  if (word.endsWith("'s")) return next === 'going'
  if (next !== undefined && assigns.has(next)) return true
  if (act !== null && hit.at < act.cue) return utterance.words.slice(hit.at + hit.length, act.cue).length <= 3
  return hit.at <= 1 || (next === undefined && utterance.words.length > 3)
}

const joined = (utterance: Utterance, a: { at: number; length: number }, b: { at: number }) =>
  utterance.words.slice(a.at + a.length, b.at).some(word => word.text === 'and') && b.at > a.at

/** The person a sentence gives work to by name: "Mara will send …"; null when nobody is. */
export function namedWorker(meeting: Meeting, utterance: Utterance): { label: string; verb: number } | null {
  for (const hit of namedIn(meeting, utterance)) {
    const word = utterance.words[hit.at + hit.length - 1]!.text
    let at = hit.at + hit.length
    const next = utterance.words[at]?.text
    const will = word.endsWith("'ll") || (next !== undefined && /^(?:will|should|must|can)$/.test(next))
    const going = next === 'is' && utterance.words[at + 1]?.text === 'going'
    if (!will && !going) continue
    if (!word.endsWith("'ll")) at += going ? 3 : 1
    while (
      at < utterance.words.length - 1 &&
      /^(?:be|also|then|just|probably|please)$/.test(utterance.words[at]!.text)
    )
      at += 1
    if (utterance.words[at] === undefined) continue
    return { label: hit.label, verb: at }
  }
  return null
}
