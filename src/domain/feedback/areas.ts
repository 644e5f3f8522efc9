import { plainOf } from './plain.ts'
import type { TraitContext } from './traits.ts'
import { behaviorsOf } from './behavior.ts'
import type { Sentence, Word } from './words.ts'

/** What feedback at work is about, by the words it is told in. */
const subjects: [string, RegExp][] = [
  [
    'time',
    /\b(?:late|early|on time|punctual|o'clock|minutes? (?:late|after|into)|overslept|clocked?|start of (?:the )?shift|arrived?|turn(?:ed)? up|showed up)\b/,
  ],
  [
    'deadlines',
    /\b(?:deadlines?|overdue|days? late|weeks? late|behind schedule|slipped|hand(?:ed)? in|due (?:date|on)|submitted|delivered|reports? (?:is|are|was|were|came)|timesheets?|minutes (?:three|two|a) days?)\b/,
  ],
  [
    'answers',
    /\b(?:repl(?:y|ied|ies)|answer(?:ed|s)?|respond(?:ed|s)?|messages?|emails?|letters?|voicemails?|inbox|phone calls?|return(?:ed)? (?:my |their |the )?calls?|call(?:ed)? back|ring back|rang back)\b/,
  ],
  [
    'listening',
    /\b(?:interrupt(?:ed|ing|s)?|spoke over|speak over|talk(?:ed)? over|cut (?:\w+ )?off|listen(?:ed|ing)?|finish (?:his|her|their|a) sentence)\b/,
  ],
  [
    'quality',
    /\b(?:mistakes?|errors?|typos?|bugs?|wrong|tests?|untested|checked|double-check|defects?|broken|failed)\b/,
  ],
  [
    'order',
    /\b(?:mess|clean(?:ed)?|tid(?:y|ied)|desk|dishes|cups?|sink|rubbish|trash|litter|kitchen counter)\b/,
  ],
  [
    'records',
    /\b(?:log(?:ged|s)?|documented?|documentation|wrote down|write down|record(?:ed|s)?|register|crm|notes|sign-?in|sheet|form|forms|expenses?|receipts?|invoices?)\b/,
  ],
  ['dress', /\b(?:badge|uniform|dress(?:ed)?|name tag|hair-?net|shoes|helmet|hi-?vis|apron|gloves)\b/],
  [
    'meetings',
    /\b(?:cancel(?:led|ed)?|moved (?:our|the|my)|postponed|reschedul(?:ed|e)|one-to-ones?|one-on-ones?|1:1s?|our meetings?)\b/,
  ],
  [
    'tone',
    /\b(?:shout(?:ed)?|yelled|swore|raised your voice|joke[ds]?|sarcas\w+|rolled your eyes|laughed|mocked|slammed|tone|sighed|snapped)\b/,
  ],
  [
    'attention',
    /\b(?:phone(?! (?:calls?|with))|laptop|scroll(?:ed|ing)?|texting|looked away|multitask\w*|camera off)\b/,
  ],
  ['credit', /\b(?:credit|as your own|my idea|took my|without naming)\b/],
  [
    'safety',
    /\b(?:unlocked|lock(?:ed)?|gate|guard|ladder|fire exit|harness|spill|alarm|safety|hazard|parked|disabled bay|forklift|brake)\b/,
  ],
  [
    'delegation',
    /\b(?:delegat\w+|reassigned|gave (?:the|my) [\w ]{1,25} (?:away|to)|took over|micromanag\w*|approv(?:e|ed|al))\b/,
  ],
  ['growth', /\b(?:course|training|promotion|raise|career|mentor\w*|conference)\b/],
  ['stock', /\b(?:stock|inventory|till|float|cash|price|prices|order(?:ed|s)?|suppl(?:y|ies)|van|crates?)\b/],
  ['help', /\b(?:help(?:ed)?|covered|took (?:over )?(?:the|my) shift|volunteered|supported|mentored)\b/],
  ['plan', /\b(?:agenda|roadmap|priorit\w+|scope|estimate[sd]?|backlog|rota|roster|schedule)\b/],
]

const another =
  /(?:^|[.!?;,] |\band )(?:also|another thing|on top of (?:that|this|it)|secondly|second(?:ly)?,|thirdly|third(?:ly)?,|fourth(?:ly)?,|finally|lastly|besides|separately|additionally|in addition|moreover|furthermore|by the way|not to mention|while (?:we're|i'm) (?:at it|on it)|as for (?:your|the)|then there(?:'s| is| are)|and then there(?:'s| is| are)|plus,?|oh,? and|one more thing|apart from that|next,|what's more|other than that|on another note|unrelated(?:ly)?)(?= |,|:)/g

/** How many things a piece is about. One at a time is heard best; more than two are refused. */
export function areasOf(sentences: readonly Sentence[], context: TraitContext): number {
  const units = sentences.flatMap(sentence => unitsOf(sentence, context))
  if (units.length === 0) return 1
  const announced = sentences.reduce((sum, { text }) => sum + [...plainOf(text).matchAll(another)].length, 0)
  const groups: { names: Set<string>; words: Set<string> }[] = []
  for (const unit of units) {
    const names = new Set(subjects.filter(([, pattern]) => pattern.test(unit)).map(([name]) => name))
    const words = contentOf(unit)
    const known = groups.find(
      group =>
        [...names].some(name => group.names.has(name)) ||
        (names.size === 0 && [...words].some(word => group.words.has(word))),
    )
    if (known === undefined) groups.push({ names, words })
    else {
      for (const name of names) known.names.add(name)
      for (const word of words) known.words.add(word)
    }
  }
  // Two clauses tell one story; a list of three or more, each about something else, is a list.
  const listed = units.length >= 3 ? groups.length : 1
  return Math.max(1, listed, Math.min(units.length, announced + 1))
}

const fill = new Set(
  `you your the a an and or but to of in on at for with was were is are had have has did not n't so that this
  it i me my we us our they them their his her him he she which who when while without as from by be been up out
  over into about after before again also then there just all more no two three one`.split(/\s+/),
)
const contentOf = (unit: string) =>
  new Set(
    unit
      .split(/[^\p{L}]+/u)
      .filter(word => word.length > 3 && !fill.has(word))
      .map(word => word.slice(0, 5)),
  )

/** The main clauses about the person: each "you …" or "your …" that begins one. */
function unitsOf(sentence: Sentence, context: TraitContext): string[] {
  const { words } = sentence
  const starts: number[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const person =
      /^(?:you|your)$/.test(word.plain) || (!context.addressed && /^(?:he|she)$/.test(word.plain))
    if (!person || !beginsClause(words, i)) continue
    if (
      /^(?:you|he|she)$/.test(word.plain) &&
      behaviorsOf(words.slice(i, i + 9), context).length === 0 &&
      !isTraitLike(words, i)
    )
      continue
    if (
      word.plain === 'your' &&
      !words
        .slice(i + 1, i + 6)
        .some(next => /^(?:was|were|is|are|came|come|has|had|went|left|looks?)$/.test(next.plain))
    )
      continue
    starts.push(i)
  }
  return starts
    .map((start, index) =>
      words
        .slice(start, starts[index + 1] ?? words.length)
        .map(word => word.plain)
        .join(' '),
    )
    .concat(sharedSubject(words, starts))
}

const isTraitLike = (words: readonly Word[], at: number) =>
  /^(?:are|is|'re|'s|were|was)$/.test(words[at + 1]?.plain ?? '')
const beginsClause = (words: readonly Word[], at: number) => {
  const word = words[at]!
  const before = words[at - 1]?.plain ?? ''
  return (
    word.opens ||
    word.comma ||
    /^(?:and|but|also|then|plus)$/.test(before) ||
    (at < 9 &&
      !words
        .slice(0, at)
        .some(other => /^(?:you|your|i|we|he|she|they|that|because|if|when|what|how)$/.test(other.plain)))
  )
}

/** "The desk was left in a mess" inside such a list. */
function sharedSubject(words: readonly Word[], starts: readonly number[]): string[] {
  if (starts.length < 2) return []
  const found: string[] = []
  for (let i = starts[0]! + 1; i < starts.at(-1)!; i++)
    if (
      words[i]!.comma &&
      /^(?:the|a)$/.test(words[i]!.plain) &&
      words.slice(i, i + 5).some(word => /^(?:was|were)$/.test(word.plain))
    )
      found.push(
        words
          .slice(i, i + 8)
          .map(word => word.plain)
          .join(' '),
      )
  return found
}
