/** A row without the signs of Markdown and the pictures in front of a heading. */
const bare = (row: string): string =>
  row
    .replaceAll(/[*_#]/g, '')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .trim()

const speechHeading = /^(?:.{0,150} [-–—] )?(?:(?:full|meeting|raw|complete) )?transcript(?:ion)?:?$/i

const isMarked = (row: string): boolean => /^\s*(?:#|\*\*|📖)/u.test(row)

/** Headings that programs which summarise put above what they wrote themselves. */
const summaryHeading =
  /^(?:summary|overview|(?:suggested )?next steps|action items|decisions|key (?:points|takeaways)|takeaways|details|outline|chapters|highlights|keywords|summary keywords|meeting notes|quick recap|follow[- ]up (?:tasks|meetings)|attendees|participants|invited|agenda|topics(?: discussed)?|notes|minutes):?$/i

const isHeading = (row: string, pattern: RegExp): boolean => row.length < 200 && pattern.test(bare(row))

/**
 * The rows of what was said: below the heading "Transcript" where a document has one, and above the
 * summary that may follow. A row that only happens to say "transcript" in a long talk is no heading.
 */
export const speechSection = (lines: readonly string[]): readonly string[] => {
  const heading = lines.findLastIndex(
    (row, at) =>
      isHeading(row, speechHeading) && (isMarked(row) || / [-–—] /.test(row) || at < lines.length / 2),
  )
  if (heading < 0) return lines
  const from = heading + 1
  const end = lines.findIndex((row, at) => at > from && row.startsWith('#') && isHeading(row, summaryHeading))
  return lines.slice(from, end < 0 ? undefined : end)
}

/** Whether a document has a heading of its own for what was said. */
export const hasSpeechHeading = (lines: readonly string[]): boolean =>
  lines.some(row => isHeading(row, speechHeading))

/** Headings of that kind in a text without voices that make it notes about a meeting. */
const enoughHeadings = 3

const isGeminiNotes = (row: string): boolean =>
  /^(?:.{0,60})(?:notes by gemini|you should review gemini's notes|how is the quality of these (?:specific )?notes)/i.test(
    row.slice(0, 300),
  )

/** Notes about a meeting that a program or a person wrote: nobody speaks in them. */
export const isSummary = (lines: readonly string[]): boolean =>
  lines.some(isGeminiNotes) ||
  new Set(lines.filter(row => isHeading(row, summaryHeading)).map(row => bare(row).toLowerCase())).size >=
    enoughHeadings
