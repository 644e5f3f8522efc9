import { z } from 'zod'
import { type Posting, postingsOf } from '../domain/postings.ts'
import type { Place } from '../domain/search.ts'
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

/** How many signs stand in a row: together they stay within half a page. */
const sketchesInRow = 50

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
      select source_id, min(ordinal), pair_id, author_id, ${embedder},
        array_agg(case when embedder = ${embedder} then binary_quantize(embedding) end order by ordinal)
      from passage where pair_id = ${pair} and source_id in ${sources}
      group by source_id, pair_id, author_id, ordinal / ${sketchesInRow}::int`,
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
    sql`select word, string_agg(source_id || ' ' || places, ';') as sources from posting
      where pair_id = ${pair} and word = any (${words}) group by word`,
  )

/** The signs of a vector, as `binary_quantize` takes them from those that are kept. */
const signsOf = (values: ArrayLike<number>): string =>
  Array.from(values, value => (value > 0 ? '1' : '0')).join('')

/**
 * How many are compared in full. Among them were 9.7 of the ten nearest, and always the nearest (15,000
 * passages of QMSum, 150 questions).
 */
const mostAlike = 75

/**
 * Share of signs that may differ. What differs in more is not sorted, for it is not near enough to be
 * shown for its vector alone: of 23,000 pairs above that cosine (0.45) none differed in more than .395.
 */
const mostDiffering = 0.4

/** The passages whose vectors have the most signs in common with the question's; none without a question. */
export const nearestTo = (pair: string, near: Near | null, most = mostAlike) =>
  queryInOne(
    z.object({ source: z.string(), ordinal: z.int() }),
    sql`select source_id as source, ordinal from (
        select source_id, unnest(sketches) as sketch, generate_series(first, first + cardinality(sketches) - 1) as ordinal
        from passage_sketch where pair_id = ${pair} and embedder = ${near?.embedder ?? null}) passage
      where sketch <~> ${near && signsOf(near.vector)}::bit varying <= ${(near?.vector.length ?? 0) * mostDiffering}
      order by sketch <~> ${near && signsOf(near.vector)}::bit varying limit ${most}`,
  )

/** What is indexed: of which kind, and when its meeting was; nothing where nobody narrows the search. */
export const indexedSources = (pair: string, isNarrow: boolean) =>
  query(
    z.object({ source: z.string(), kind: PassageKind, at }),
    sql`select distinct source_id as source, ${kindOfPassage} as kind, meeting.at
      from passage join meeting on meeting.id = passage.meeting_id and meeting.pair_id = passage.pair_id
      where passage.pair_id = ${pair} and ordinal = 0 and ${isNarrow}`,
  )

const Candidate = z.object({
  id: z.string(),
  source: z.string(),
  ordinal: z.int(),
  similarity: z.number().nullable(),
})

/** The passages at these places, and how near each is to a question: what their rank needs, and no words. */
export const passagesAt = (pair: string, places: readonly Place[], near: Near | null) =>
  queryInOne(
    Candidate,
    sql`select passage.id, source_id as source, passage.ordinal,
        case when embedder = ${near?.embedder ?? null}
          then 1 - (embedding <=> ${near ? halves(near.vector) : null}::halfvec) end as similarity
      from jsonb_to_recordset(${json(places)}::jsonb) as place (source uuid, ordinal int)
      join passage on source_id = source and passage.ordinal = place.ordinal
      where passage.pair_id = ${pair}`,
  )

const Shown = z.object({
  id: z.string(),
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

/** What a person is shown of these passages, with who speaks in each where the voices have their names. */
export const passagesToShow = (pair: string, ids: readonly string[]) =>
  queryInOne(
    Shown,
    sql`select passage.id, ${kindOfPassage} as kind, passage.meeting_id as meeting, meeting.at,
        passage.transcript_id as transcript, from_line as "fromLine", to_line as "toLine", text,
        array(select distinct person_id from line
          left join speaker_label on speaker_label.pair_id = ${pair} and label = speaker
          where line.transcript_id = passage.transcript_id and no between from_line and to_line
            and line.pair_id = ${pair}) as people
      from passage join meeting on meeting.id = passage.meeting_id and meeting.pair_id = ${pair}
      where passage.pair_id = ${pair} and passage.id = any (${ids}::uuid[])`,
  )
