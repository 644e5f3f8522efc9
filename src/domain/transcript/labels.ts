import { longestLabel } from './limits.ts'
import type { Speakers } from './transcript.ts'

/** Words before a colon that give a page its structure, not a voice. */
const structure = new Set(
  (
    'note notes agenda summary action actions todo to-do decisions decision topics topic attendees participants ' +
    'present date time duration title subject location next http https warning error example question answer q a re ' +
    'fwd from to cc kind language region style chapter part section p.s ps nb tl;dr update updates status goal goals'
  ).split(' '),
)
const structurePhrases =
  /^(?:action items?|next steps?|meeting notes?|key (?:points|takeaways)|open questions?|follow[- ]ups?)$/i

/** At most this many words: "Dr. Anna-Maria van den Berg" has five, a sentence more. */
const mostWords = 5

/** Whether this could be a speaker's label; whether it is one, the whole file decides. */
export const mayBeLabel = (label: string): boolean => {
  if (label.length === 0 || label.length > longestLabel || label.includes('\n')) return false
  if (!/^[\p{L}\p{N}]/u.test(label) || !/\p{L}/u.test(label)) return false
  if (/[!?;,"“”<>{}=\\|]/u.test(label.replace(/^[^,]+, [^,]+$/u, name => name.replace(',', '')))) return false
  if (/\. /.test(label.replaceAll(/\b(?:Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|\p{Lu})\. /gu, ''))) return false
  const words = label.split(' ')
  if (words.length > mostWords) return false
  return !structure.has(label.toLowerCase()) && !structurePhrases.test(label)
}

/** `[SPEAKER_00]: words`, as WhisperX writes its captions. */
const withoutBrackets = (label: string): string =>
  label.startsWith('[') && label.endsWith(']') ? label.slice(1, -1).trim() : label

/** `Name: words` → both, or null. Only the first colon within a label's length counts. */
export const splitLabel = (text: string): { label: string; rest: string } | null => {
  const colon = text.slice(0, longestLabel + 1).indexOf(':')
  if (colon <= 0) return null
  const label = withoutBrackets(text.slice(0, colon).replaceAll('**', '').trim())
  const after = text.slice(colon + 1).replace(/^\*\*/, '')
  // 10:30 and https:// are not somebody speaking.
  if (/^\d/.test(after) && /\d$/.test(label)) return null
  if (after.startsWith('//') || !mayBeLabel(label)) return null
  return { label, rest: after.trim() }
}

const isCapital = (label: string): boolean => /^[\p{Lu}\p{Lo}\p{N}]/u.test(label)
/** Two to four words, each with a capital: a name in full, hardly ever a heading. */
const isFullName = (label: string): boolean =>
  /^\p{Lu}\S* /u.test(label) && label.split(' ').length <= 4 && label.split(' ').every(isCapital)

/**
 * The labels of a file in which some rows look like `Name: words`; `blocks` are what one voice mostly
 * has for itself, a row or a cue of some rows. A label counts when it comes back, or when most blocks
 * begin with one; and among voices named in full, a full name counts once. "So I said: no" in a
 * sentence does none of these.
 */
export const labelsIn = (rows: readonly string[], blocks: readonly string[] = rows): Set<string> => {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const label = splitLabel(row.trim())?.label
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const mostly = blocks.filter(block => splitLabel(block) !== null).length >= blocks.length * 0.5
  const counted = [...counts].filter(([label, count]) =>
    count >= 2 ? isCapital(label) || mostly : mostly && isCapital(label),
  )
  const labels = new Set(counted.map(([label]) => label))
  if (labels.size > 0 && [...labels].every(isFullName))
    for (const label of counts.keys()) if (isFullName(label)) labels.add(label)
  return labels
}

/** A voice without a name of its own. */
const unknownVoice = /^(?:unknown(?: speaker)?|unidentified(?: speaker)?|speaker unknown)$/i
const numberedVoice = /^(?:speaker|spk|participant|person|voice|channel|ch|[smf])?[ _-]?(?:\d{1,3}|[a-z])$/i
/** Meet's interface hands out ids, not names. */
const idVoice = /^participants\/\S+$/

/** The label as a speaker; null when the file itself says that it does not know. */
export const speakerFrom = (label: string): string | null => (unknownVoice.test(label) ? null : label)

/** Whether the labels of a file are names, tell voices apart only, or are not there at all. */
export const kindOfSpeakers = (labels: readonly string[]): Speakers => {
  if (labels.length === 0) return 'none'
  return labels.every(label => numberedVoice.test(label) || idVoice.test(label)) ? 'labelled' : 'named'
}
