import { z } from 'zod'
import { type Posting, postingsOf } from '../domain/postings.ts'
import { mostAlike, mostCompared, mostDiffering, type Place, similarityOf } from '../domain/search.ts'
import { at, count } from './columns.ts'
import { halves, json, query, queryInOne, sql, vector } from './sql.ts'
import type { Statement } from './sql.ts'

const PassageKind = z.enum(['transcript', 'note', 'own-note'])
const kindOfPassage = sql`case when note_id is null then 'transcript' when author_id is null then 'note' else 'own-note' end`

export interface NewPassage {
  readonly ordinal: number
  readonly fromLine: number | null
  readonly toLine: number | null
  readonly text: string
}

/** A transcript's passages, shared by the pair, replacing those of an earlier reading. */
export const storeTranscriptPassages = (
  pair: string,
  transcript: string,
  passages: readonly NewPassage[],
): Statement[] => {
  const { postings, words } = postingsOf(passages)
  return [
    sql`delete from passage where pair_id = ${pair} and transcript_id = ${transcript}`,
    sql`delete from indexed_source where pair_id = ${pair} and transcript_id = ${transcript}`,
    sql`insert into indexed_source (id, pair_id, transcript_id, passages, words)
      select id, pair_id, id, ${passages.length}, ${words} from transcript where pair_id = ${pair} and id = ${transcript}`,
    sql`insert into passage (pair_id, meeting_id, transcript_id, ordinal, from_line, to_line, text)
      select ${pair}, transcript.meeting_id, transcript.id, ordinal, "fromLine", "toLine", given.text
      from transcript, jsonb_to_recordset(${json(passages)}::jsonb)
        as given (ordinal int, "fromLine" int, "toLine" int, text text)
      where transcript.pair_id = ${pair} and transcript.id = ${transcript}`,
    insertPostings(transcript, postings),
  ]
}

/** A note's passages: its author's alone when the note is private, like the note. No vectors are made of them. */
export const storeNotePassages = (
  pair: string,
  note: string,
  passages: readonly NewPassage[],
): Statement[] => {
  const { postings, words } = postingsOf(passages)
  return [
    sql`delete from passage where pair_id = ${pair} and note_id = ${note}`,
    sql`delete from indexed_source where pair_id = ${pair} and note_id = ${note}`,
    sql`insert into indexed_source (id, pair_id, note_id, author_id, passages, words)
      select id, pair_id, id, author_id, ${passages.length}, ${words} from note where pair_id = ${pair} and id = ${note}`,
    sql`insert into passage (pair_id, meeting_id, note_id, author_id, ordinal, from_line, to_line, text)
      select ${pair}, note.meeting_id, note.id, note.author_id, ordinal, "fromLine", "toLine", given.text
      from note, jsonb_to_recordset(${json(passages)}::jsonb)
        as given (ordinal int, "fromLine" int, "toLine" int, text text)
      where note.pair_id = ${pair} and note.id = ${note}`,
    insertPostings(note, postings),
  ]
}

const insertPostings = (source: string, postings: readonly Posting[]): Statement =>
  sql`insert into posting (pair_id, word, source_id, author_id, places)
    select pair_id, word, id, author_id, given.places
    from indexed_source,
      jsonb_to_recordset(${json(postings.map(({ word, places }) => ({ word, places: places.join(',') })))}::jsonb)
        as given (word text, places text)
    where id = ${source}`

/** In order, each with whose vector it has; null where it has none. */
export const passagesToEmbed = (pair: string, transcript: string) =>
  queryInOne(
    z.object({ id: z.string(), text: z.string(), embedder: z.string().nullable() }),
    sql`select id, text, embedder from passage where pair_id = ${pair} and transcript_id = ${transcript}
      order by ordinal`,
  )

/** How many sketches stand in a row: together they stay within half a page. */
const sketchesInRow = 50
/** What a sketch says behind its signs: the ordinal, and its opposite, which together are as many ones in each. */
const ordinalBits = 16
const noOrdinal = '0'.repeat(2 * ordinalBits)

/** Vectors under the name of the embedder that made them; kept as halves (16 bits a number), and their signs apart. */
export const storeVectors = (
  pair: string,
  embedder: string,
  vectors: readonly { readonly id: string; readonly vector: Float32Array }[],
): Statement[] => {
  const sources = sql`(select source_id from passage where pair_id = ${pair} and id = any (${vectors.map(({ id }) => id)}::uuid[]))`
  return [
    sql`update passage set embedder = ${embedder}, embedding = given.vector::halfvec
      from jsonb_to_recordset(${json(vectors.map(row => ({ id: row.id, vector: vector(row.vector) })))}::jsonb)
        as given (id uuid, vector text)
      where passage.pair_id = ${pair} and passage.id = given.id`,
    sql`delete from passage_sketch where pair_id = ${pair} and source_id in ${sources}`,
    sql`insert into passage_sketch (source_id, first, pair_id, author_id, embedder, sketches)
      select source_id, min(ordinal), pair_id, author_id, embedder,
        array_agg(binary_quantize(embedding) || ordinal::bit(16) || ~(ordinal::bit(16)) order by ordinal)
      from passage where pair_id = ${pair} and source_id in ${sources} and embedder = ${embedder}
      group by source_id, pair_id, author_id, embedder, ordinal / ${sketchesInRow}::int`,
  ]
}

/** A question as a vector, and who made it: vectors of different embedders do not compare. */
export interface Near {
  readonly embedder: string
  readonly vector: Float32Array
}

export const corpusOf = (pair: string) =>
  query(
    z.object({ passages: count, words: count }),
    sql`select coalesce(sum(passages), 0)::int as passages, coalesce(sum(words), 0)::int as words
      from indexed_source where pair_id = ${pair}`,
  )

/** `source places;source places…`, as it comes from `postingsFor`. */
const sourcesIn = (text: string) =>
  text.split(';').map(part => {
    const [source = '', places = ''] = part.split(' ')
    return { source, places: JSON.parse(`[${places}]`) as number[] }
  })

/** Where these words stand. One row a word: a common one stands in every source, and each field has its price. */
export const postingsFor = (pair: string, words: readonly string[]) =>
  query(
    z.object({ word: z.string(), sources: z.string().transform(sourcesIn) }),
    // Joined, so that one plan serves any number of words.
    sql`select posting.word, string_agg(source_id || ' ' || places, ';') as sources
      from unnest(${words}::text[]) as asked (word) join posting on posting.word = asked.word
      where pair_id = ${pair} group by posting.word`,
  )

/** The signs of a vector, as `binary_quantize` takes them from those that are kept. */
const signsOf = (values: ArrayLike<number>): string =>
  Array.from(values, value => (value > 0 ? '1' : '0')).join('')

/**
 * The passages whose vectors have the most signs in common with the question's, in that order; none without a
 * question. The first are as near as their vectors say, the others as their signs do.
 */
export const nearestTo = (pair: string, near: Near | null, most = mostAlike) => {
  const signs = near?.vector.length ?? 0
  const asked = near && signsOf(near.vector) + noOrdinal
  return queryInOne(
    z
      .object({
        source: z.string(),
        ordinal: z.int(),
        differing: z.number(),
        similarity: z.number().nullable(),
      })
      .transform(({ differing, similarity, ...place }) => ({
        ...place,
        similarity: similarity ?? similarityOf((differing - ordinalBits) / signs),
      })),
    sql`select source_id as source, ordinal, differing,
        case when row_number() over (order by differing) <= ${mostCompared} then (
          select 1 - (embedding <=> ${near && halves(near.vector)}::halfvec) from passage
          where pair_id = ${pair} and passage.source_id = alike.source_id and passage.ordinal = alike.ordinal
            and embedder = ${near?.embedder ?? null}) end as similarity
      from (
        select source_id, substring(sketch from ${signs}::int + 1 for 16)::bit(16)::int as ordinal, differing from (
          select source_id, sketch, sketch <~> ${asked}::bit varying as differing from (
            select source_id, unnest(sketches) as sketch from passage_sketch
            where pair_id = ${pair} and embedder = ${near?.embedder ?? null}) passage
          where sketch <~> ${asked}::bit varying <= ${signs * mostDiffering + ordinalBits}
          order by differing limit ${most}) sketched) alike
      order by differing`,
  )
}

/** What is indexed: of which kind, and when its meeting was; nothing where nobody narrows the search. */
export const indexedSources = (pair: string, isNarrow: boolean) =>
  query(
    z.object({ source: z.string(), kind: PassageKind, at }),
    sql`select distinct source_id as source, ${kindOfPassage} as kind, meeting.at
      from passage join meeting on meeting.id = passage.meeting_id and meeting.pair_id = passage.pair_id
      where passage.pair_id = ${pair} and ordinal = 0 and ${isNarrow ? sql`true` : sql`false`}`,
  )

const Shown = z.object({
  id: z.string(),
  source: z.string(),
  ordinal: z.int(),
  kind: PassageKind,
  meeting: z.string(),
  at,
  transcript: z.string().nullable(),
  fromLine: z.int().nullable(),
  toLine: z.int().nullable(),
  text: z.string(),
  people: z.array(z.string().nullable()),
})
export type ShownPassage = z.infer<typeof Shown>

/** What a person is shown of the passages at these places, with who speaks in each where the voices have their names. */
export const passagesToShow = (pair: string, places: readonly Place[]) =>
  queryInOne(
    Shown,
    sql`select passage.id, source, passage.ordinal, ${kindOfPassage} as kind, passage.meeting_id as meeting, meeting.at,
        passage.transcript_id as transcript, from_line as "fromLine", to_line as "toLine", text,
        array(select distinct person_id from line
          left join speaker_label on speaker_label.pair_id = ${pair} and label = speaker
          where line.transcript_id = passage.transcript_id and no between from_line and to_line
            and line.pair_id = ${pair}) as people
      from unnest(${places.map(({ source }) => source)}::uuid[], ${places.map(({ ordinal }) => String(ordinal))}::int[])
        as place (source, ordinal)
      join passage on source_id = source and passage.ordinal = place.ordinal
      join meeting on meeting.id = passage.meeting_id and meeting.pair_id = ${pair}
      where passage.pair_id = ${pair}`,
  )
