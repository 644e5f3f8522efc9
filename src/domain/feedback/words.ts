/** A word of the text with its place, `[start, end)` in UTF-16 units. Contractions are two words: you + 're. */
export interface Word {
  /** Lower case; spoken spellings as the written word (u → you). */
  plain: string
  start: number
  end: number
  capital: boolean
  /** What stands between the word before and this one holds a sentence's end. */
  opens: boolean
  /** What stands between holds a comma, dash, bracket or colon. */
  comma: boolean
  /** Inside quotation marks: somebody's words, not the writer's judgement. */
  quoted: boolean
}

const wordPattern =
  /(?:n['’]t|['’](?:re|s|ve|d|ll|m)(?![\p{L}\p{N}])|\p{L}[\p{L}\p{N}]*?(?=n['’]t(?!\p{L}))|[\p{L}\p{N}]+(?:[-‑][\p{L}\p{N}]+)*)/giu

const spoken: Record<string, string> = {
  u: 'you',
  ur: 'your',
  ure: 'you',
  im: 'i',
  ppl: 'people',
}
const runTogether: Record<string, [string, string]> = {
  youre: ['you', "'re"],
  theyre: ['they', "'re"],
  youve: ['you', "'ve"],
  didnt: ['did', "n't"],
  dont: ['do', "n't"],
  doesnt: ['does', "n't"],
  isnt: ['is', "n't"],
  arent: ['are', "n't"],
  wasnt: ['was', "n't"],
  werent: ['were', "n't"],
  cant: ['ca', "n't"],
  couldnt: ['could', "n't"],
  hasnt: ['has', "n't"],
  havent: ['have', "n't"],
}

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const quotes = quotedRanges(text)
  const words: Word[] = []
  let before = 0
  for (const match of text.matchAll(wordPattern)) {
    const start = match.index
    const raw = match[0]
    const gap = text.slice(before, start)
    const lower = raw.toLowerCase().replaceAll('’', "'").replaceAll('‑', '-')
    const rest = {
      capital: /^\p{Lu}/u.test(raw),
      opens: words.length === 0 || /[.!?…\n]/.test(gap),
      comma: /[,;:–—()]|\s-\s/.test(gap),
      quoted: quotes.some(([from, to]) => start > from && start < to),
    }
    const parts = runTogether[lower]
    before = start + raw.length
    if (parts === undefined) {
      words.push({ plain: spoken[lower] ?? lower, start, end: before, ...rest })
    } else {
      const cut = before - (parts[1].length - 1)
      words.push({ plain: parts[0], start, end: cut, ...rest })
      words.push({ plain: parts[1], start: cut, end: before, ...rest, opens: false, comma: false })
    }
  }
  return words
}

function quotedRanges(text: string): [number, number][] {
  return [
    ...text.matchAll(
      /["“„][^"“”„]*["”“]|(?<![\p{L}\p{N}])['‘][^'‘’]{2,}(?:['’](?=[\p{L}])[^'‘’]*)*['’](?![\p{L}])/gu,
    ),
  ].map(match => [match.index, match.index + match[0].length])
}

/** A sentence with its words; `text` is as written. */
export interface Sentence {
  start: number
  end: number
  text: string
  words: Word[]
}

const abbreviations = /\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|approx|e\.g|i\.e|a\.m|p\.m)\.$/i

/** The sentences of a text; an abbreviation, an initial and a decimal end none. */
export function sentencesOf(text: string, words = wordsOf(text)): Sentence[] {
  const ends: number[] = []
  for (const match of text.matchAll(/[.!?…]+["”’)]*(?=\s|$)|\n+/g)) {
    const upTo = text.slice(0, match.index + match[0].length)
    if (match[0] === '.' && (abbreviations.test(upTo) || /(?:^|\s)\p{Lu}\.$/u.test(upTo))) {
      if (!/\b[ap]\.m\.$/i.test(upTo) || !/^\s+\p{Lu}/u.test(text.slice(upTo.length))) continue
    }
    ends.push(upTo.length)
  }
  ends.push(text.length)
  const sentences: Sentence[] = []
  let start = 0
  for (const end of ends) {
    const raw = text.slice(start, end)
    const lead = raw.length - raw.trimStart().length
    if (raw.trim() !== '')
      sentences.push({
        start: start + lead,
        end: start + raw.trimEnd().length,
        text: raw.trim(),
        words: words.filter(word => word.start >= start && word.start < end),
      })
    start = end
  }
  return sentences
}
