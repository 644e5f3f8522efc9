import type { ServerResponse } from 'node:http'
import { sendJson } from './model-faults.ts'

interface Row {
  readonly object: 'embedding'
  readonly index: number
  readonly embedding: readonly number[]
}

/** Ways to answer a question for vectors with something that is none. */
export const vectorFaults: Readonly<Record<string, (response: ServerResponse, data: Row[]) => void>> = {
  'one too few': (r, data) => sendJson(r, { object: 'list', data: data.slice(1) }),
  'two of one text': (r, data) =>
    sendJson(r, { object: 'list', data: data.map(row => ({ ...row, index: 0 })) }),
  'letters for numbers': (r, data) =>
    sendJson(r, { object: 'list', data: data.map(row => ({ ...row, embedding: 'AACAPwAAgD8=' })) }),
  'not a number in it': (r, data) =>
    sendJson(r, { object: 'list', data: data.map(row => ({ ...row, embedding: [1, null, 3] })) }),
  'nothing in it': (r, data) =>
    sendJson(r, { object: 'list', data: data.map(row => ({ ...row, embedding: [] })) }),
  'several lengths': (r, data) =>
    sendJson(r, {
      object: 'list',
      data: data.map(row => ({ ...row, embedding: row.embedding.slice(row.index) })),
    }),
  'no list': r => sendJson(r, { object: 'list' }),
  'a list of nothing': r => sendJson(r, { object: 'list', data: [] }),
}

/** A vector that has something of what a text says: equal words, and words of one meaning, lie together. */
export const meaningOf =
  (synonyms: Readonly<Record<string, string>> = {}, length = 64) =>
  (text: string): number[] => {
    const heavy = new Set(Object.values(synonyms))
    const vector = Array.from({ length }, () => 0.05)
    for (const word of text.toLowerCase().match(/\p{L}{4,}/gu) ?? []) {
      const meant = synonyms[word] ?? word
      const at = meant.split('').reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7)
      // What has synonyms is what a text is about.
      vector[at % length] = (vector[at % length] ?? 0) + (heavy.has(meant) ? 8 : 1)
    }
    return vector
  }
