/**
 * The JSON in what a model said: without its thinking, its fences and the sentence before it.
 * Undefined when there is none.
 */
export const jsonIn = (text: string): unknown => {
  const withoutThought = text
    .replaceAll(/<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi, '')
    // The opening tag is often part of the server's template and never seen.
    .replace(/^[\s\S]*<\/(?:think|thinking|reasoning)>/i, '')
  const fence = /```(?:json)?[^\S\n]*\n?([\s\S]*?)```/i.exec(withoutThought)
  for (const candidate of [fence?.[1], withoutThought]) {
    const found = candidate === undefined ? undefined : firstValue(candidate)
    if (found !== undefined) return found
  }
}

const firstValue = (text: string): unknown => {
  const start = text.search(/[[{]/)
  if (start < 0) return undefined
  for (const end of [text.length, text.lastIndexOf('}') + 1, text.lastIndexOf(']') + 1]) {
    if (end <= start) continue
    try {
      return JSON.parse(text.slice(start, end))
    } catch {
      // The next place where it may end.
    }
  }
}
