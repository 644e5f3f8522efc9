/** Days as people say them. A day is `2026-03-12` in the time zone of its pair. */

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const dayLength = 86_400_000

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / dayLength)

/** "12 March", with its year where it is not the year of `today`. */
export const dayWords = (day: string, today: string): string => {
  const [year, month, date] = day.split('-')
  const words = `${Number(date)} ${months[Number(month) - 1] ?? ''}`
  return year === today.slice(0, 4) || daysBetween(day, today) < 120 ? words : `${words} ${year}`
}

/** "12 and 19 November" reads better than the month twice. */
export const daysWords = (days: readonly string[], today: string): string => {
  const words = days.map((day, index) => {
    const next = days[index + 1]
    const sameMonth = next !== undefined && next.slice(0, 7) === day.slice(0, 7)
    return sameMonth ? String(Number(day.slice(8))) : dayWords(day, today)
  })
  return listed(words)
}

/** "a, b and c" */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${numberWord(count)} ${count === 1 ? one : more}`

/** Up to twelve in letters, as in running text. */
export const numberWord = (count: number): string =>
  'no one two three four five six seven eight nine ten eleven twelve'.split(' ')[count] ?? String(count)

/** "7 days late", "due today", "due 12 March"; "no date was said" where there is none. */
export const dueWords = (due: string | null, today: string): string => {
  if (due === null) return 'no date was said'
  const late = daysBetween(due, today)
  if (late > 0) return `${late} ${late === 1 ? 'day' : 'days'} late`
  return late === 0 ? 'due today' : `due ${dayWords(due, today)}`
}
