import { z } from 'zod'
import { type Posting, postingsOf } from '../domain/postings.ts'
import type { Place } from '../domain/search.ts'
import { at, count } from './columns.ts'
import { json, query, sql, vector } from './sql.ts'
import type { Statement } from './sql.ts'

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

/** A private note's passages: its author's alone, like the note. No vectors are made of them. */
export const storeOwnNotePassages = (
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
    sql`insert into passage (pair_id, meeting_id, note_id, author_id, ordinal, text)
      select ${pair}, note.meeting_id, note.id, note.author_id, ordinal, given.text
      from note, jsonb_to_recordset(${json(passages)}::jsonb) as given (ordinal int, text text)
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

/** In order; also those whose vector is another embedder's. */
export const passagesWithoutVector = (pair: string, transcript: string, embedder: string) =>
  query(
    z.object({ id: z.string(), text: z.string() }),
    sql`select id, text from passage where pair_id = ${pair} and transcript_id = ${transcript}
      and embedder is distinct from ${embedder} order by ordinal`,
  )

/** Vectors under the name of the embedder that made them; kept as halves (16 bits a number), and their signs apart. */
export const storeVectors = (
  pair: string,
  embedder: string,
  vectors: readonly { readonly id: string; readonly vector: Float32Array }[],
): Statement[] => [
  sql`update passage set embedder = ${embedder}, embedding = given.vector::halfvec
    from jsonb_to_recordset(${json(vectors.map(row => ({ id: row.id, vector: vector(row.vector) })))}::jsonb)
      as given (id uuid, vector text)
    where passage.pair_id = ${pair} and passage.id = given.id`,
  sql`delete from passage_sketch where pair_id = ${pair} and passage_id = any (${vectors.map(({ id }) => id)}::uuid[])`,
  sql`insert into passage_sketch (passage_id, pair_id, author_id, embedder, sketch)
    select id, pair_id, author_id, embedder, binary_quantize(embedding) from passage
    where pair_id = ${pair} and id = any (${vectors.map(({ id }) => id)}::uuid[]) and embedding is not null`,
]

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

/** Where these words stand, word by word and source by source. */
export const postingsFor = (pair: string, words: readonly string[]) =>
  query(
    z.object({
      word: z.string(),
      source: z.string(),
      places: z.string().transform(places => JSON.parse(`[${places}]`) as number[]),
    }),
    sql`select word, source_id as source, places from posting where pair_id = ${pair} and word = any (${words})`,
  )

/** How many passages with the nearest signs are compared in full, and how many of those are nearest. */
const sketched = 200
const nearest = 50

export const nearestTo = (pair: string, { embedder, vector: asked }: Near) =>
  query(
    z.object({ source: z.string(), ordinal: z.int() }),
    sql`with alike as (
        select passage_id from passage_sketch where pair_id = ${pair} and embedder = ${embedder}
        order by sketch <~> binary_quantize(${vector(asked)}::halfvec) limit ${sketched})
      select coalesce(transcript_id, note_id) as source, ordinal from passage
      where id in (select passage_id from alike) and embedder = ${embedder}
      order by embedding <=> ${vector(asked)}::halfvec limit ${nearest}`,
  )

const Candidate = z.object({
  id: z.string(),
  kind: z.enum(['transcript', 'own-note']),
  source: z.string(),
  meeting: z.string(),
  meetingAt: at,
  transcript: z.string().nullable(),
  fromLine: z.int().nullable(),
  toLine: z.int().nullable(),
  ordinal: z.int(),
  text: z.string(),
  similarity: z.number().nullable(),
})

/** The passages at these places, with what a person is shown of them. */
export const passagesAt = (pair: string, places: readonly Place[], near: Near | null) =>
  query(
    Candidate,
    sql`select passage.id, case when note_id is null then 'transcript' else 'own-note' end as kind, source,
        passage.meeting_id as meeting, meeting.at as "meetingAt", passage.transcript_id as transcript,
        from_line as "fromLine", to_line as "toLine", passage.ordinal, text,
        case when embedder = ${near?.embedder ?? null}
          then 1 - (embedding <=> ${near ? vector(near.vector) : null}::halfvec) end as similarity
      from jsonb_to_recordset(${json(places)}::jsonb) as place (source uuid, ordinal int)
      join passage on coalesce(transcript_id, note_id) = source and passage.ordinal = place.ordinal
      join meeting on meeting.id = passage.meeting_id and meeting.pair_id = ${pair}
      where passage.pair_id = ${pair}`,
  )
