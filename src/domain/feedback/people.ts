import type { Word } from './words.ts'

const set = (words: string) => new Set(words.trim().split(/\s+/))

/** Words that stand for the one the feedback is about, or another single person. */
const pronouns = set('you he she yourself himself herself')
/** Kinds of people: "a lazy person". Customers, patients and pupils are whom the work is for, not who is meant. */
export const personNouns = set(`person people individual human man woman guy bloke lad lass girl boy chap
  dude fellow colleague coworker co-worker employee worker manager boss leader supervisor teammate team-mate
  somebody someone character sort type kind influence presence attitude personality nature temper streak mood
  communicator listener thinker planner organiser organizer writer presenter teacher nurse developer engineer
  designer driver cook chef mentor friend soul team-player professional operator salesman salesperson`)
/** Capital letters that name no person. */
const noNames =
  set(`i monday tuesday wednesday thursday friday saturday sunday january february march april may june
  july august september october november december the this that these those there it its we they our their my your
  his her and but or so if when while because since after before during on in at by for from with without last next
  yesterday today every each all both either neither what who how why where which whose no not never yes please
  thanks thank great good nice well then now also still just only even maybe perhaps honestly frankly sometimes
  often usually always lately recently overall however unfortunately fortunately apparently obviously clearly
  everyone everybody someone somebody nobody people one two three four five six seven eight nine ten most some many
  few several others things something nothing anything everything work another english german french ui api qa
  ci cd crm mon tue tues wed weds thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec ceo cto hr it sql pr mr mrs ms dr ward bay lab team sprint being having let make stop try keep hey hi`)
const endings = /(?:ing|tion|ment|ness|ity|ance|ence|ship|ism|ies|'s)$/

/** Whether this word is a name of a person, as far as its shape tells. */
export function isName(words: readonly Word[], at: number, known: ReadonlySet<string>): boolean {
  const word = words[at]
  if (word === undefined) return false
  if (known.has(word.plain)) return true
  if (!word.capital || noNames.has(word.plain) || word.plain.length < 2 || /\d/.test(word.plain)) return false
  if (!word.opens) {
    const before = words[at - 1]?.plain ?? ''
    return !['the', 'a', 'an', 'our', 'this', 'that', 'your', 'my', 'new'].includes(before)
  }
  return !endings.test(word.plain) && word.plain.length <= 12
}

/** Whether the word at this place is the person a sentence is about. */
export const isPerson = (words: readonly Word[], at: number, known: ReadonlySet<string>): boolean =>
  pronouns.has(words[at]?.plain ?? '') || isName(words, at, known)
