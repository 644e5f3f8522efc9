import { acts } from './acts.ts'
import type { Candidate } from './candidates.ts'
import { duePhrase } from './due-phrase.ts'
import type { Meeting } from './meeting.ts'
import type { Utterance } from './utterances.ts'

/** How many sentences after a promise its day may be told in the same breath. */
const ownSentences = 3
/** A sentence of no more words is about nothing but the day. */
const short = 7
/** The same, where somebody has just been asked when. */
const answerToWhen = 20

/** "I'll do it Wednesday when he's back", "You'll have it Friday": the same task once more, now with its day. */
const carriesOn =
  /^(?:so |and |well |ok |yes |but )*(?:i'll|i'd|i can|i could|i'm going to|you'll|you|we'll|it'll|it'd|let's|they'll|by \w+ you)\b.{0,24}\b(?:have|do|make|get|send|be|need|bring|want|say|finish|give)\b.{0,16}\b(?:it|that|this|them|one|those|there|done|ready)\b/
const asksWhen = /\b(?:by when|when (?:do|would|can|could|will|should)|how soon|when by)\b/
/** A day that is told of, not set. */
const over = /\b(?:was|were|had|went|came|since|ago|last|started|happened)\b/
/** When something begins is not when it is due. */
const begins = /\bstart(?:ing)?\b/

/** A due phrase and the sentence it stands in: the gate lets no day pass whose words are not among the evidence. */
interface Said {
  readonly text: string
  readonly by: Utterance
}

/**
 * The day said around a task: "I'll write it up. Friday, let's say." or, asked "By when?", in the turns up to the
 * answer. Only from sentences that carry the task on or are about the day alone.
 */
export function dueBeside(meeting: Meeting, { utterance, answer }: Candidate): Said | null {
  const lastTurn = Math.max(answer.utterance?.turn ?? 0, utterance.turn + 2)
  const last = Math.max(answer.utterance?.index ?? 0, utterance.index + ownSentences) + 1
  let later = null as Said | null
  for (const next of meeting.utterances.slice(utterance.index + 1, last + 1)) {
    const asked = asksWhen.test(meeting.utterances[next.index - 1]!.plain)
    if (next.turn > lastTurn && !asked) break
    if (over.test(next.plain)) continue
    const due = duePhrase(next)
    const own = next.turn === utterance.turn
    const answers = answer.utterance !== null && next.turn === answer.utterance.turn
    if (due !== null && carriesOn.test(next.plain) && (own || answers)) return { text: due.text, by: next }
    if (!answers && acts(next).some(act => act.kind === 'promise' && act.strength > 0.5)) return later
    if (due === null || next.words.length > (asked ? answerToWhen : short)) continue
    if (own && next.index > utterance.index + 1 && !opensWith(next, due.from)) continue
    if (!begins.test(next.plain)) return { text: due.text, by: next }
    later ??= { text: due.text, by: next }
  }
  return later
}

/** "By Wednesday. Alarm.": nothing stands before the day. */
const opensWith = (utterance: Utterance, at: number) => at - utterance.from <= 3
