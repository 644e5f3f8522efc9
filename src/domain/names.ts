/** Characters that a regular expression reads as more than themselves. */
const special = /[\\^$.*+?()[\]{}|-]/g

/**
 * A pattern (PostgreSQL's and JavaScript's syntax in common, but for `\m` and `\M`) for a person's name in a
 * text that was written for both: the whole name, and the first name where it is long enough to be one.
 */
export const nameInText = (full: string): string => {
  const escaped = (text: string) => text.replaceAll(special, String.raw`\$&`)
  const [first = ''] = full.split(/\s+/)
  const names = first.length > 2 && first !== full ? [full, first] : [full]
  return String.raw`\m(?:${names.map(escaped).join('|')})\M`
}
