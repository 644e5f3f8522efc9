import { z } from 'zod'
import type { CoachOptions } from '../../domain/ports.ts'
import { type CompareRoadblocks, provenLinks, type RoadblockLink } from '../../domain/roadblocks.ts'
import { likeliest } from '../offline/compare-roadblocks.ts'
import { dutyOf } from './duty.ts'
import type { Asking } from './preparation.ts'
import { harmless } from './spoken.ts'

const SameRoadblocks = z.object({
  links: z
    .array(
      z.object({
        mention: z.string().max(20),
        relation: z.enum(['same', 'related', 'different']),
        to: z
          .string()
          .max(20)
          .nullish()
          .transform(to => to ?? null),
        confidence: z.number().min(0).max(1).catch(0.5),
      }),
    )
    .max(400),
})

/** Threads looked at for one mention. On candidates only: a year of threads would be a prompt of its own. */
const most = 3
const longest = 140

/** Which mentions belong together, of those that are near enough in words to be asked about. */
export const compareWith = async (
  { endpoint, prompt }: Asking,
  input: CompareRoadblocks,
  options: CoachOptions,
): Promise<readonly RoadblockLink[]> => {
  const { mentions, threads } = input
  const candidates = likeliest(input, most)
  const asked = mentions.filter(({ id }) => (candidates.get(id)?.length ?? 0) > 0)
  const different = (mention: string): RoadblockLink => ({
    mention,
    relation: 'different',
    to: null,
    confidence: 0.5,
  })
  if (asked.length === 0) return mentions.map(({ id }) => different(id))
  const shown = new Set([...candidates.values()].flat())
  const short = new Map<string, string>([
    ...threads
      .filter(({ id }) => shown.has(id))
      .map(({ id }, index) => [id, `T${index + 1}`] as [string, string]),
    ...mentions.map(({ id }, index) => [id, `N${index + 1}`] as [string, string]),
  ])
  const long = new Map([...short].map(([id, key]) => [key, id]))
  const words = (text: string, quotes: readonly string[]) =>
    harmless(quotes.length === 0 ? text : quotes.join(' / ')).slice(0, longest)
  return dutyOf(
    endpoint,
    {
      name: 'compare-roadblocks',
      prompt,
      schema: SameRoadblocks,
      listKey: 'links',
      fill: () => ({
        threads:
          threads
            .filter(({ id }) => shown.has(id))
            .map(({ id, mentions: said }) => {
              const told = [said[0], said.length > 1 ? said.at(-1) : undefined].flatMap(one =>
                one ? [words(one.text, one.quotes)] : [],
              )
              return `${short.get(id)}: ${told.join(' … ')}${said.at(-1)?.status === 'resolved' ? ' (gone)' : ''}`
            })
            .join('\n') || '(nothing)',
        mentions: mentions
          .filter(({ id }) => asked.some(one => one.id === id) || shown.has(id))
          .map(({ id, text, quotes }) => {
            const near = (candidates.get(id) ?? []).map(other => short.get(other)).join(', ')
            return `${short.get(id)}: ${words(text, quotes)}${near ? ` [${near}]` : ''}`
          })
          .join('\n'),
      }),
      read({ links }: z.infer<typeof SameRoadblocks>) {
        let dropped = 0
        const read = mentions.map(({ id }): RoadblockLink => {
          const link = links.find(({ mention }) => long.get(mention) === id)
          if (!link) return different(id)
          const to = link.to === null ? null : (long.get(link.to) ?? null)
          const named = to !== null && (candidates.get(id) ?? []).includes(to)
          if (link.relation === 'same' && !named) dropped++
          return link.relation === 'same'
            ? named
              ? { mention: id, relation: 'same', to, confidence: link.confidence }
              : different(id)
            : { mention: id, relation: link.relation, to: null, confidence: link.confidence }
        })
        return { value: provenLinks(input, read), counts: { claims: links.length, dropped } }
      },
    },
    options,
  ).invoke(input, options.signal ? { signal: options.signal } : {})
}
