import { deepestJson, mostJsonNames, mostJsonParts, mostJsonValues } from '../limits.ts'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const [openList, openObject, closeList, closeObject] = [0x5b, 0x7b, 0x5d, 0x7d]

/** Index of the quote that ends the string which begins at `from`, or the text's length. */
const stringEnd = (text: string, from: number): number => {
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1
  return at
}

/**
 * Whether a text may be handed to `JSON.parse`: not nested deeper and not made of more objects, lists,
 * values and different names than a transcript is (1.5 million names in 16 MB take 1.2 GB). One walk
 * without recursion and without building anything.
 */
export const isWithinLimits = (text: string): boolean => {
  const names = new Set<string>()
  let [depth, parts, values] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      const end = stringEnd(text, at)
      if (text.charCodeAt(end + 1) === colon) names.add(text.slice(at + 1, end))
      at = end
    } else if (code === openList || code === openObject) {
      depth++
      parts++
    } else if (code === closeList || code === closeObject) depth--
    else if (code === comma) values++
    // A name may stand apart from its colon; what stands before it does not matter to the count.
    else if (code === colon && text.charCodeAt(at - 1) !== quote)
      names.add(text.slice(Math.max(0, at - 40), at))
    if (depth > deepestJson || parts > mostJsonParts) return false
    if (values > mostJsonValues || names.size > mostJsonNames) return false
  }
  return true
}
