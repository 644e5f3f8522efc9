import { z } from 'zod'
import { at, count } from './columns.ts'
import { json, query, sql, vector } from './sql.ts'
import type { Statement } from './sql.ts'

export interface NewPassage {
  readonly ordinal: number
  readonly fromLine: number | null
  readonly toLine: number | null
  readonly text: string
  readonly words: readonly string[]
}

const given = sql`as given (ordinal int, "fromLine" int, "toLine" int, text text, words jsonb)`
const wordsOf = sql`array(select jsonb_array_elements_text(words))`

/** A transcript's passages, shared by the pair, replacing those of an earlier reading. */
export const storeTranscriptPassages = (
  pair: string,
  transcript: string,
  passages: readonly NewPassage[],
): Statement[] => [
  sql`delete from passage where pair_id = ${pair} and transcript_id = ${transcript}`,
  sql`insert into passage (pair_id, meeting_id, transcript_id, visibility, ordinal, from_line, to_line, text, words, word_count)
    select ${pair}, transcript.meeting_id, transcript.id, 'shared', ordinal, "fromLine", "toLine", given.text, ${wordsOf},
      jsonb_array_length(words)
    from transcript, jsonb_to_recordset(${json(passages)}::jsonb) ${given}
    where transcript.pair_id = ${pair} and transcript.id = ${transcript}`,
]

/** A private note's passages: its author's alone, like the note. No vectors are made of them. */
export const storeOwnNotePassages = (
  pair: string,
  note: string,
  passages: readonly NewPassage[],
): Statement[] => [
  sql`delete from passage where pair_id = ${pair} and note_id = ${note}`,
  sql`insert into passage (pair_id, meeting_id, note_id, visibility, author_id, ordinal, text, words, word_count)
    select ${pair}, note.meeting_id, note.id, 'private', note.author_id, ordinal, given.text, ${wordsOf},
      jsonb_array_length(words)
    from note, jsonb_to_recordset(${json(passages)}::jsonb) ${given}
    where note.pair_id = ${pair} and note.id = ${note}`,
]

/** In order; also those whose vector is another embedder's. */
export const passagesWithoutVector = (pair: string, transcript: string, embedder: string) =>
  query(
    z.object({ id: z.string(), text: z.string() }),
    sql`select id, text from passage where pair_id = ${pair} and transcript_id = ${transcript}
      and embedder is distinct from ${embedder} order by ordinal`,
  )

/** Vectors under the name of the embedder that made them; kept as halves (16 bits a number). */
export const storeVectors = (
  pair: string,
  embedder: string,
  vectors: readonly { readonly id: string; readonly vector: Float32Array }[],
): Statement =>
  sql`update passage set embedder = ${embedder}, embedding = given.vector::halfvec
    from jsonb_to_recordset(${json(vectors.map(row => ({ id: row.id, vector: vector(row.vector) })))}::jsonb)
      as given (id uuid, vector text)
    where passage.pair_id = ${pair} and passage.id = given.id`

export const Candidate = z.object({
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
  words: z.array(z.string()),
  similarity: z.number().nullable(),
})
export type Candidate = z.infer<typeof Candidate>

export const Corpus = z.object({ count, averageWords: z.number().nullable() })
/** Over all passages the asker may see: what BM25 measures rarity and length against. */
export const corpusOf = (pair: string) =>
  query(
    Corpus,
    sql`select count(*)::int as count, avg(word_count)::float8 as "averageWords" from passage where pair_id = ${pair}`,
  )

/**
 * Passages that hold a query word (their count is each word's document frequency) together with the
 * nearest by vector: an exact scan of one pair (hardening measurements: 1.5 ms at 400k rows in all).
 */
export const candidatesFor = (
  pair: string,
  words: readonly string[],
  near: { readonly embedder: string; readonly vector: Float32Array } | null,
) =>
  query(
    Candidate,
    sql`with near as (
        select id from passage where pair_id = ${pair} and embedder = ${near?.embedder ?? null}
        order by embedding <=> ${near ? vector(near.vector) : null}::halfvec limit 50)
      select passage.id, case when note_id is null then 'transcript' else 'own-note' end as kind,
        coalesce(passage.transcript_id, note_id) as source, passage.meeting_id as meeting, meeting.at as "meetingAt",
        passage.transcript_id as transcript, from_line as "fromLine", to_line as "toLine", ordinal, text, words,
        case when embedder = ${near?.embedder ?? null}
          then 1 - (embedding <=> ${near ? vector(near.vector) : null}::halfvec) end as similarity
      from passage join meeting on meeting.id = passage.meeting_id and meeting.pair_id = ${pair}
      where passage.pair_id = ${pair} and (words && ${words} or passage.id in (select id from near))`,
  )
