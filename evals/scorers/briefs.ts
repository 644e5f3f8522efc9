import type { SeriesMeetingJson } from '../../src/domain/contract.ts'
import type { Counts, Measures } from '../harness/measure.ts'
import { share } from '../harness/measure.ts'
import type { Gold } from '../rapport-12.ts'

const sides = ['manager', 'report'] as const
type Side = (typeof sides)[number]

/** All that one of the two is shown of this meeting; what both see is in it. */
export const shownTo = (side: Side, found: SeriesMeetingJson): string[] => [
  ...briefLines(side, found),
  ...found.suggestedTopics[side].flatMap(({ text, reason }) => [text, reason]),
  ...(side === 'report' ? found.upwardPrompts.flatMap(({ text, reason }) => [text, reason]) : []),
  ...[found.actionItems, found.decisions, found.roadblocks, found.feedback, found.growth]
    .flat()
    .map(({ text }) => text),
]

export const briefLines = (side: Side, found: SeriesMeetingJson): string[] =>
  found.briefs[side].sections.flatMap(({ lines }) => lines.map(({ text }) => text))

const holds = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase())

/** What each brief tells, what none may, and words of a private note where the other reads. */
export const scoreBriefs = (gold: Gold, found: SeriesMeetingJson): Counts => {
  const must = sides.flatMap(side =>
    gold.briefMust[side].map(({ anyOf }) =>
      briefLines(side, found).some(text => anyOf.some(words => holds(text, words))),
    ),
  )
  const mustNot = sides.flatMap(side =>
    gold.briefMustNot[side].map(({ words, why }) => ({
      isPrivate: why.includes('private note'),
      isThere: shownTo(side, found).some(text => holds(text, words)),
    })),
  )
  return {
    'must.told': must.filter(isTold => isTold).length,
    'must.all': must.length,
    'mustNot.told': mustNot.filter(({ isPrivate, isThere }) => isThere && !isPrivate).length,
    'mustNot.all': mustNot.filter(({ isPrivate }) => !isPrivate).length,
    'private.leaked': mustNot.filter(({ isPrivate, isThere }) => isThere && isPrivate).length,
    'private.all': mustNot.filter(({ isPrivate }) => isPrivate).length,
  }
}

export const briefMeasures: Measures = {
  'brief tells what it must': share('must.told', 'must.all'),
  'brief tells what it must not': share('mustNot.told', 'mustNot.all', 'lower'),
  'private words leaked': { ...share('private.leaked', 'private.all', 'lower'), tolerance: 0 },
}
