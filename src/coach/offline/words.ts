/**
 * Spoken English as plain words: lower case, contractions brought to one form, hesitations and
 * stutters left out. Each word keeps its place in the line so that a claim can quote it.
 */

/** A plain word and the stretch `[from, to)` of the line's text it came from, in UTF-16 units. */
export interface Word {
  readonly text: string
  readonly from: number
  readonly to: number
}

const hesitations = new Set(
  'um uh er erm eh mm hmm hm mhm uhm ah oh uhh umm mmm uhhuh mmhmm huh yknow'.split(' '),
)

/** Spellings of recognisers and of speech, each as the plain words it stands for. */
const spellings = new Map<string, readonly string[]>(
  Object.entries({
    gonna: ['going', 'to'],
    gotta: ['have', 'to'],
    wanna: ['want', 'to'],
    lemme: ['let', 'me'],
    gimme: ['give', 'me'],
    im: ["i'm"],
    ive: ["i've"],
    dont: ["don't"],
    cant: ["can't"],
    cannot: ["can't"],
    wont: ["won't"],
    didnt: ["didn't"],
    havent: ["haven't"],
    hasnt: ["hasn't"],
    doesnt: ["doesn't"],
    isnt: ["isn't"],
    youll: ["you'll"],
    youre: ["you're"],
    thats: ["that's"],
    lets: ["let's"],
    okay: ['ok'],
    alright: ['ok'],
    yep: ['yes'],
    yup: ['yes'],
    yeah: ['yes'],
    yea: ['yes'],
    ya: ['yes'],
    "'cause": ['because'],
    cuz: ['because'],
    kinda: ['kind', 'of'],
    sorta: ['sort', 'of'],
    pls: ['please'],
    tmrw: ['tomorrow'],
  }),
)

/** Two words that are one plain word. */
const pairs = new Map([
  ['i will', "i'll"],
  ['i shall', "i'll"],
  ['i ll', "i'll"],
  ['i am', "i'm"],
  ['i m', "i'm"],
  ['i would', "i'd"],
  ['you will', "you'll"],
  ['you are', "you're"],
  ['we will', "we'll"],
  ['we shall', "we'll"],
  ['we are', "we're"],
  ['let us', "let's"],
  ['do not', "don't"],
  ['did not', "didn't"],
  ['will not', "won't"],
  ['can not', "can't"],
  ['have not', "haven't"],
  ['has not', "hasn't"],
  ['all right', 'ok'],
])

/** After these, "ill" is the state of health; before anything else a recogniser means "I'll". */
const beforeHealth = new Set(
  "is was been am were i'm feeling felt feel got fell she's he's they're very really".split(' '),
)

const wordPattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*|'cause\b/gu

/** Splits `text[from, to)` into plain words. Linear in its length. */
export function plainWords(text: string, from = 0, to = text.length): Word[] {
  const words: Word[] = []
  const push = (word: string, start: number, end: number) => {
    const last = words.at(-1)
    const joined = last === undefined ? undefined : pairs.get(`${last.text} ${word}`)
    if (last !== undefined && joined !== undefined) {
      words[words.length - 1] = { text: joined, from: last.from, to: end }
      return
    }
    if (last?.text === word && word !== 'no' && word !== 'yes' && word !== 'very') {
      words[words.length - 1] = { text: word, from: last.from, to: end }
      return
    }
    words.push({ text: word, from: start, to: end })
  }
  for (const match of text.slice(from, to).matchAll(wordPattern)) {
    const raw = match[0].toLowerCase().replaceAll('’', "'")
    if (hesitations.has(raw)) continue
    const start = from + match.index
    const end = start + match[0].length
    const spelled = spellings.get(raw)
    if (spelled !== undefined) for (const word of spelled) push(word, start, end)
    else if (raw === 'ill' && !beforeHealth.has(words.at(-1)?.text ?? '')) push("i'll", start, end)
    else push(raw, start, end)
  }
  return words
}

/** The words joined by single spaces: what the cue patterns read. */
export const plain = (words: readonly Word[]): string => words.map(word => word.text).join(' ')

const common = new Set(
  (
    'the a an of to in on for and or is are be am was were will with at by from as it that this these those there here ' +
    'i me my you your we us our he she they them his her their its so but if then than just like yes no not ok well ' +
    "do does did have has had can could would should may might must shall i'll i'm i've i'd you'll you're we'll we're " +
    "it's that's there's don't didn't can't won't let's let get got go going know think mean really very quite kind sort " +
    'thing things stuff some any all also too about up out off over into back what which who when where how why because ' +
    'one right good great sure now need want maybe probably actually basically lot bit make sure'
  ).split(' '),
)

/** Words that carry a subject, cut to a rough stem, for comparing two texts. */
export function contentStems(words: readonly Word[]): Set<string> {
  const stems = new Set<string>()
  for (const { text } of words) if (text.length > 2 && !common.has(text)) stems.add(stem(text))
  return stems
}

const mayBeCut = new Set('gds')

/** A rough stem: enough to bring "reviews", "reviewed" and "reviewing" together. */
export function stem(word: string): string {
  const base = word.endsWith("'s") ? word.slice(0, -2) : word
  // Most words end in none of these: asking once saves asking seven times.
  if (!mayBeCut.has(base.at(-1)!)) return undouble(base)
  if (base.length > 5 && base.endsWith('ing')) return undouble(base.slice(0, -3))
  if (base.length > 4 && base.endsWith('ied')) return `${base.slice(0, -3)}y`
  if (base.length > 4 && base.endsWith('ies')) return `${base.slice(0, -3)}y`
  if (base.length > 4 && base.endsWith('ed')) return undouble(base.slice(0, -2))
  if (base.length > 4 && base.endsWith('es')) return undouble(base.slice(0, -2))
  if (base.length > 3 && base.endsWith('s') && !base.endsWith('ss')) return undouble(base.slice(0, -1))
  return undouble(base)
}

function undouble(base: string): string {
  if (base.length <= 4) return base
  const cut = base.endsWith('e') ? base.slice(0, -1) : base
  const last = cut.at(-1)
  return cut.length > 4 && last === cut.at(-2) && last !== 's' && last !== 'l' ? cut.slice(0, -1) : cut
}

/** Share of the smaller set that the two have in common, 0–1; 0 when either is empty. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const word of a) if (b.has(word)) shared += 1
  return shared / Math.min(a.size, b.size)
}
