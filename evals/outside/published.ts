import type { Counts, Measures } from '../harness/measure.ts'

/**
 * Scores as they are published for AMI and ICSI: by utterance (U@k, Liu et al. 2023 for k = 0) and by item, one
 * to one (I@k). Pure. Evidence is by number of the utterance.
 */
export interface Item {
  readonly text: string
  readonly utterances: readonly number[]
}

const within = (utterance: number, others: readonly number[], k: number) =>
  others.some(other => Math.abs(other - utterance) <= k)

const tokens = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z0-9']+/g) ?? []).map(word =>
    word.length > 4 ? word.replace(/(ing|ed|es|s)$/, '') : word,
  )

/** ROUGE-1 F over lightly stemmed words: which of several within reach is the better match. */
export const rouge1 = (one: string, other: string): number => {
  const [mine, theirs] = [tokens(one), tokens(other)]
  const left = new Map<string, number>()
  for (const word of theirs) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of mine) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    shared++
    left.set(word, count - 1)
  }
  return shared === 0 ? 0 : (2 * shared) / (mine.length + theirs.length)
}

/** One to one, the most alike first, among pairs that may be matched. */
export const paired = (
  rows: number,
  columns: number,
  alike: (row: number, column: number) => number | null,
): [row: number, column: number][] => {
  const candidates: [alike: number, row: number, column: number][] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = alike(row, column)
      if (value !== null) candidates.push([value, row, column])
    }
  const [usedRows, usedColumns] = [new Set<number>(), new Set<number>()]
  return candidates
    .toSorted(([one, , oneColumn], [other, , otherColumn]) => other - one || otherColumn - oneColumn)
    .flatMap(([, row, column]): [number, number][] => {
      if (usedRows.has(row) || usedColumns.has(column)) return []
      usedRows.add(row)
      usedColumns.add(column)
      return [[row, column]]
    })
}

/** `name` sets apart what is scored: actions, decisions, problems. */
export const scoreLinked = (
  name: string,
  marked: readonly Item[],
  claimed: readonly Item[],
  k: number,
): Counts => {
  const gold = [...new Set(marked.flatMap(({ utterances }) => utterances))]
  const got = [...new Set(claimed.flatMap(({ utterances }) => utterances))]
  const pairs = paired(claimed.length, marked.length, (row, column) => {
    const [claim, mark] = [claimed[row]!, marked[column]!]
    return claim.utterances.some(utterance => within(utterance, mark.utterances, k))
      ? rouge1(claim.text, mark.text)
      : null
  })
  return {
    [`${name}.u.hit`]: got.filter(utterance => gold.includes(utterance)).length,
    [`${name}.u.claimed`]: got.length,
    [`${name}.u.marked`]: gold.length,
    [`${name}.i.hit`]: pairs.length,
    [`${name}.i.claimed`]: claimed.length,
    [`${name}.i.marked`]: marked.length,
  }
}

const f1 = (name: string) => (sum: Counts) => {
  const both = (sum[`${name}.claimed`] ?? 0) + (sum[`${name}.marked`] ?? 0)
  return both === 0 ? null : (2 * (sum[`${name}.hit`] ?? 0)) / both
}

export const linkedMeasures = (
  name: string,
  beside: { readonly u?: Readonly<Record<string, number>>; readonly i?: Readonly<Record<string, number>> },
): Measures => ({
  [`${name}, utterances F1 (U@0)`]: { of: f1(`${name}.u`), better: 'higher', beside: beside.u ?? {} },
  [`${name}, items F1 (I@2)`]: { of: f1(`${name}.i`), better: 'higher', beside: beside.i ?? {} },
})

const idle = new Set(
  'the a an of to in on for and or is are be will with at by from as it that this was were their they his her any all into up out about can team group i you we so uh um yeah just like'.split(
    ' ',
  ),
)
const contentOf = (text: string | null): Set<string> =>
  new Set(
    (text?.toLowerCase().match(/[a-z0-9]+/g) ?? [])
      .filter(word => word.length > 1 && !idle.has(word))
      .map(word => (word.endsWith('s') && word.length > 3 ? word.slice(0, -1) : word)),
  )

export interface Owned {
  readonly text: string
  readonly owner: string | null
}
/** Akash has no links: words of text and owner, weighted by how rare they are in all marked items. */
export const textScorer = (all: readonly string[]) => {
  const documents = new Map<string, number>()
  for (const text of all)
    for (const word of contentOf(text)) documents.set(word, (documents.get(word) ?? 0) + 1)
  const mass = (words: readonly string[]) =>
    words.reduce((sum, word) => sum + Math.log(1 + all.length / (1 + (documents.get(word) ?? 0))), 0)
  const bag = ({ text, owner }: Owned) => [...contentOf(text).union(contentOf(owner))]
  return (marked: readonly Owned[], claimed: readonly Owned[], tau: number): Counts => {
    const [gold, got] = [marked.map(bag), claimed.map(bag)]
    const pairs = paired(got.length, gold.length, (row, column) => {
      const [mine, theirs] = [got[row]!, gold[column]!]
      const shared = mass(mine.filter(word => theirs.includes(word)))
      const alike = shared === 0 ? 0 : (2 * shared) / (mass(mine) + mass(theirs))
      return alike >= tau ? alike : null
    })
    return { 'text.hit': pairs.length, 'text.claimed': claimed.length, 'text.marked': marked.length }
  }
}
