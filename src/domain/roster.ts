import type { Participant, Roster } from './ports.ts'

/** The two people of a pair, as a step knows them. */
export interface Half {
  readonly id: string
  readonly name: string
}

/** Folded for comparison: case, diacritics and punctuation away, "Last, First" turned around. */
const folded = (name: string): string[] => {
  const [last, first, ...more] = name.split(',')
  const turned = first !== undefined && more.length === 0 ? `${first} ${last ?? ''}` : name
  return turned
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

const contains = (whole: readonly string[], part: readonly string[]): boolean =>
  part.length > 0 && part.every(word => whole.includes(word))

/**
 * Which voice is whose, as far as the labels alone say: the whole name, or a part of it ("Ann" for
 * "Ann Lee") that fits exactly one label and exactly one person. Whoever cannot be told is left
 * out: a person is asked, nothing is guessed.
 */
export const matchLabels = <Someone extends { readonly name: string }>(
  labels: readonly string[],
  people: readonly Someone[],
): { label: string; person: Someone }[] => {
  const matches = labels.flatMap(label => {
    const words = folded(label)
    const fitting = people.filter(({ name }) => {
      const wanted = folded(name)
      return contains(words, wanted) || contains(wanted, words)
    })
    const [person, another] = fitting
    return person && !another ? [{ label, person }] : []
  })
  return matches.filter(
    match => matches.filter(other => other.person === match.person).length === 1 || isWhole(match),
  )
}

const isWhole = ({ label, person }: { label: string; person: { readonly name: string } }): boolean =>
  folded(label).join(' ') === folded(person.name).join(' ')

/** The roster of a transcript from what is known of its labels; a half without a label is absent. */
export const rosterOf = (
  labels: readonly string[],
  known: ReadonlyMap<string, string | null>,
  halves: { readonly manager: Half; readonly report: Half },
): Roster => {
  const participant = (half: Half): Participant | null => {
    const label = labels.find(candidate => known.get(candidate) === half.id)
    return label === undefined ? null : { label, name: half.name }
  }
  return { manager: participant(halves.manager), report: participant(halves.report), labels }
}

/** As the two call each other: the first word of each name, or all of it where that would be one. */
export const firstNames = ({ manager, report }: { readonly manager: string; readonly report: string }) => {
  const first = (name: string) => name.trim().split(/\s+/)[0] ?? name
  return first(manager) === first(report)
    ? { manager, report }
    : { manager: first(manager), report: first(report) }
}
