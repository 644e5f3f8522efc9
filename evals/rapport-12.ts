import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SeriesRequest } from '../src/domain/contract.ts'
import { TalkLabel } from '../src/domain/talk.ts'
import { readTranscript } from '../src/domain/transcript/read.ts'
import type { Transcript } from '../src/domain/transcript/transcript.ts'

/** Rapport-12, our data set of 1:1s: shapes of its files, and how they are read. GUIDE.md says what each means. */

export const rapport12Folder = join(import.meta.dirname, 'rapport-12')

const evidence = z.array(z.strictObject({ line: z.int().positive(), quote: z.string().min(1) })).min(1)
const id = z.string().regex(/^[a-z]+-[a-z]\d+$/)
const day = z.iso.date()

/** What is found in a meeting: `silence` names those of which there is nothing. */
export const goldKinds = ['actionItems', 'decisions', 'roadblocks', 'updates', 'feedback', 'growth'] as const

const readers = <T extends z.ZodType>(entry: T) =>
  z.strictObject({ manager: z.array(entry), report: z.array(entry) })

export const Gold = z.strictObject({
  id: z.string(),
  date: z.string(),
  file: z.string(),
  /** Local time of the pair's next meeting that took place; null after the last. */
  nextMeeting: z.string().nullable(),
  actionItems: z.array(
    z.strictObject({
      id,
      text: z.string().min(1),
      owner: z.string().nullable(),
      due: day.nullable(),
      duePhrase: z.string().nullable(),
      /** How `due` follows from the meeting's day; `-` for a phrase that names no one day. */
      dueFrom: z.string().nullable(),
      kind: z.enum(['commitment', 'accepted-request']),
      evidence,
    }),
  ),
  hardNegatives: z.array(z.strictObject({ id, why: z.string().min(1), evidence })),
  decisions: z.array(z.strictObject({ id, text: z.string().min(1), evidence })),
  roadblocks: z.array(
    z.strictObject({
      thread: id,
      status: z.enum(['raised', 'restated', 'resolved']),
      text: z.string().min(1),
      evidence,
    }),
  ),
  updates: z.array(
    z.strictObject({
      item: id,
      status: z.enum(['done', 'dropped', 'changed', 'still-open']),
      due: day.nullable().optional(),
      evidence,
    }),
  ),
  feedback: z.array(
    z.strictObject({
      id,
      text: z.string().min(1),
      direction: z.enum(['down', 'up']),
      behavioral: z.boolean(),
      evidence,
    }),
  ),
  growth: z.array(z.strictObject({ id, text: z.string().min(1), evidence })),
  talk: z.array(
    z.strictObject({ fromLine: z.int().positive(), toLine: z.int().positive(), label: TalkLabel }),
  ),
  silence: z.array(z.enum(goldKinds)),
  injections: z.array(z.strictObject({ id, asks: z.string().min(1), evidence })),
  canaries: z.array(
    z.strictObject({
      note: z.enum(['managerPrivateNote', 'reportPrivateNote', 'sharedNote']),
      words: z.string().min(3),
    }),
  ),
  /** A brief tells of `about`: one of its lines holds one of the words. */
  briefMust: readers(z.strictObject({ about: id, anyOf: z.array(z.string().min(3)).min(1) })),
  briefMustNot: readers(z.strictObject({ words: z.string().min(3), why: z.string().min(1) })),
})
export type Gold = z.infer<typeof Gold>

const About = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  split: z.enum(['dev', 'locked']),
  trade: z.string().min(1),
  country: z.string().min(1),
  style: z.string().min(1),
  threads: z.record(id, z.strictObject({ text: z.string().min(1), looksLike: id.optional() })),
})
/** `about.json` and `pair.json` of a folder; the second is what `rapport series` reads. */
export type Pair = z.infer<typeof About> & { readonly request: SeriesRequest }

export const Manifest = z.strictObject({
  name: z.literal('Rapport-12'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  licence: z.literal('CC-BY-4.0'),
  dev: z.array(z.string()),
  locked: z.array(z.string()),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export interface Meeting {
  readonly gold: Gold
  readonly transcript: Transcript
}
export interface PairOfMeetings {
  readonly pair: Pair
  /** Those that took place, in order of time. */
  readonly meetings: readonly Meeting[]
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

export const readManifest = (folder = rapport12Folder) => Manifest.parse(json(join(folder, 'manifest.json')))

/** One pair; throws with the file's name when its shape is wrong. */
export const readPair = (pairFolder: string): PairOfMeetings => {
  const request = SeriesRequest.parse(json(join(pairFolder, 'pair.json')))
  const pair = { ...About.parse(json(join(pairFolder, 'about.json'))), request }
  const held = request.meetings.filter(({ transcript }) => transcript !== undefined)
  const meetings = held.map(({ id: meeting, transcript = '' }) => {
    const parsed = Gold.safeParse(json(join(pairFolder, `${meeting}.gold.json`)))
    if (!parsed.success) throw new Error(`${pair.id}/${meeting}.gold.json: ${z.prettifyError(parsed.error)}`)
    return { gold: parsed.data, transcript: readTranscript(readFileSync(join(pairFolder, transcript))) }
  })
  return { pair, meetings }
}

/** The pairs of a split. `locked` is for scoring alone: nothing is trained, tuned or looked at on it. */
export const readRapport12 = (split: 'dev' | 'locked', folder = rapport12Folder): PairOfMeetings[] =>
  readManifest(folder)[split].map(name => readPair(join(folder, name)))

/** Hash of every file of the pairs with its path: another word anywhere is another data set. */
export const contentHash = (folder = rapport12Folder): string => {
  const hash = createHash('sha256')
  for (const path of filesOfPairs(folder)) {
    const inside = relative(folder, path).split(sep).join('/')
    hash.update(`${inside}\n${createHash('sha256').update(readFileSync(path)).digest('hex')}\n`)
  }
  return hash.digest('hex')
}

const filesOfPairs = (folder: string): string[] =>
  readdirSync(folder)
    .map(name => join(folder, name))
    .filter(path => statSync(path).isDirectory())
    .flatMap(path => readdirSync(path).map(name => join(path, name)))
    .toSorted()
