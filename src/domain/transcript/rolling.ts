/** Rows that are not blank. */
const rowsOf = (text: string): string[] => text.split('\n').filter(row => row.trim() !== '')

/** At most this many rows stand on the screen at once. */
const mostRowsShown = 4

/** How many first rows of a cue were the last rows of the cue before. */
const shownBefore = (before: readonly string[], rows: readonly string[]): number => {
  for (let count = Math.min(before.length, rows.length, mostRowsShown); count > 0; count--)
    if (
      rows.slice(0, count).every((row, index) => row.trim() === before[before.length - count + index]?.trim())
    )
      return count
  return 0
}

/** The words that a row adds to a row which grows while somebody speaks; null when it is another row. */
const grown = (before: string | undefined, row: string | undefined): string | null => {
  const shorter = before?.trim() ?? ''
  const longer = row?.trim() ?? ''
  if (shorter === '' || longer.length <= shorter.length || !longer.startsWith(shorter)) return null
  return longer[shorter.length] === ' ' ? longer.slice(shorter.length + 1) : null
}

/** Share of cues that repeat what was on the screen, above which captions roll; speech repeats less. */
const rollingShare = 0.3

/**
 * Captions that roll up the screen show each row twice or more, and live ones show it while it grows:
 * what stood in the cue before is taken away. Other captions come back as they are, by cue.
 */
export const withoutRepeats = (texts: readonly string[]): string[] => {
  let before: string[] = []
  let repeats = 0
  const fresh = texts.map(text => {
    const rows = rowsOf(text)
    const count = shownBefore(before, rows)
    const added = count === 0 ? grown(before.at(-1), rows[0]) : null
    if (count > 0 || added !== null) repeats++
    if (rows.length > 0) before = rows
    return added === null ? rows.slice(count).join('\n') : [added, ...rows.slice(1)].join('\n')
  })
  return repeats < Math.max(2, texts.length * rollingShare) ? [...texts] : fresh
}
