import { deepestJson, mostJsonParts } from '../limits.ts'

const [quote, backslash, openList, openObject, closeList, closeObject] = [0x22, 0x5c, 0x5b, 0x7b, 0x5d, 0x7d]

/** Index of the quote that ends the string which begins at `from`, or the text's length. */
const stringEnd = (text: string, from: number): number => {
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1
  return at
}

/**
 * Whether a text may be handed to `JSON.parse`: not nested deeper and not made of more objects, lists and
 * keys than a transcript is. One walk without recursion and without building anything.
 */
export const isWithinLimits = (text: string): boolean => {
  let depth = 0
  let parts = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = stringEnd(text, at)
    else if (code === openList || code === openObject) {
      depth++
      parts++
      if (depth > deepestJson || parts > mostJsonParts) return false
    } else if (code === closeList || code === closeObject) depth--
  }
  return true
}
