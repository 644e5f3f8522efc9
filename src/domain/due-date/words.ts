/** Spoken text as plain words with their places, so that rules need not know punctuation or fillers. */

export interface PlainText {
  /** Lower-case words, one space between them. */
  readonly text: string
  /** Start in the original of each unit of `text`. */
  readonly from: readonly number[]
  /** End in the original of each unit of `text`. */
  readonly to: readonly number[]
}

/** Said between the words of a date without changing it: "by like friday", "on uh monday". */
const fillers = new Set([
  'um',
  'uh',
  'er',
  'erm',
  'uhm',
  'like',
  'maybe',
  'probably',
  'say',
  'hopefully',
  'basically',
])

/** Lower case, one space between words, no fillers or punctuation; remembers where each unit came from. */
export const plainText = (original: string): PlainText => {
  let text = ''
  const from: number[] = []
  const to: number[] = []
  for (const match of original.matchAll(/[\p{L}\p{N}]+(?:['’:/.][\p{L}\p{N}]+)*/gu)) {
    const word = match[0].toLowerCase().replaceAll('’', "'")
    if (fillers.has(word)) continue
    if (text !== '') {
      text += ' '
      from.push(match.index)
      to.push(match.index)
    }
    // Lower case may be longer (İ): places are per unit of what was written, so cut to its length.
    const written = word.slice(0, match[0].length)
    text += written
    for (let unit = 0; unit < written.length; unit++) {
      from.push(match.index + unit)
      to.push(match.index + unit + 1)
    }
  }
  return { text, from, to }
}

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

export const weekdayPattern =
  '(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|weds?|thu(?:rs?)?|fri)'
export const monthPattern =
  '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)'

const byStart = (names: readonly string[], word: string): number =>
  names.findIndex(name => name.startsWith(word.slice(0, 3)))

/** Monday 0 … Sunday 6, from a name or its first three letters. */
export const weekdayNumber = (word: string): number => byStart(weekdays, word)
/** January 1 … December 12, from a name or its first three letters. */
export const monthNumber = (word: string): number => byStart(months, word) + 1

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twenty first',
  'twenty second',
  'twenty third',
  'twenty fourth',
  'twenty fifth',
  'twenty sixth',
  'twenty seventh',
  'twenty eighth',
  'twenty ninth',
  'thirtieth',
  'thirty first',
]
export const ordinalPattern = `(\\d{1,2}(?:st|nd|rd|th)|${ordinals.toReversed().join('|')})`
/** "third" and "3rd" are 3. */
export const ordinalNumber = (word: string): number =>
  /^\d/.test(word) ? Number.parseInt(word, 10) : ordinals.indexOf(word) + 1

const cardinals = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
]
const vague: Record<string, number> = {
  a: 1,
  an: 1,
  'a couple of': 2,
  'a couple': 2,
  'couple of': 2,
  couple: 2,
  'a few': 3,
  few: 3,
  several: 4,
  thirty: 30,
  'forty eight': 48,
  'twenty four': 24,
  'seventy two': 72,
  sixty: 60,
  ninety: 90,
}
export const countPattern = `(\\d{1,3}|${[...Object.keys(vague), ...cardinals].toSorted((a, b) => b.length - a.length).join('|')})`
/** "two", "2" and "a couple of" are 2. */
export const countNumber = (word: string): number =>
  /^\d/.test(word) ? Number(word) : (vague[word] ?? cardinals.indexOf(word))
/** A count that nobody would be held to: the day is approximate. */
export const isVagueCount = (word: string): boolean => /couple|few|several/.test(word)
