import type { PairRow } from '../../../src/domain/api/pairs.ts'
import { otherOf } from '../format.ts'

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Whether a name stands in a text as words of its own. */
const holds = (text: string, name: string): boolean => {
  const wanted = plain(name).trim()
  for (let at = text.indexOf(wanted); wanted !== '' && at >= 0; at = text.indexOf(wanted, at + 1)) {
    const beside = `${text[at - 1] ?? ' '}${text[at + wanted.length] ?? ' '}`
    if (!/[\p{L}\p{N}]/u.test(beside)) return true
  }
  return false
}

/**
 * With whom it was said: whose name stands in the file's path or in its words, a whole name before a
 * first name. Null where nobody's does, or two people's equally.
 */
export const pairOf = (rows: readonly PairRow[], path: string, text: string): PairRow | null => {
  const [only, another] = rows
  if (only && !another) return only
  const where = plain(path.replaceAll(/[_\-./]+/g, ' '))
  const said = plain(text)
  const scores = rows.map(row => {
    const { name } = otherOf(row.pair)
    const [first = ''] = name.split(' ')
    const inPath = holds(where, name) ? 4 : holds(where, first) ? 2 : 0
    return { row, score: inPath + (holds(said, name) ? 3 : holds(said, first) ? 1 : 0) }
  })
  const [best, next] = scores.toSorted((one, two) => two.score - one.score)
  return best && best.score > 0 && best.score > (next?.score ?? 0) ? best.row : null
}
