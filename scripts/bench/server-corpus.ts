import { Client } from 'pg'
import { passagesOf } from '../../src/domain/passages.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { passagesToEmbed, storeTranscriptPassages, storeVectors } from '../../src/store/passages.ts'
import { sql, vector } from '../../src/store/sql.ts'
import { randomFrom } from '../../test/support/random.ts'
import { makePerson } from '../../test/support/rows.ts'
import { embedderName } from './corpus.ts'
import { turn, vectorsFrom } from './talk.ts'
import { makeMeetings, makePair, managerName } from './workspace.ts'

/** As many as an hour's talk comes to. */
const perTranscript = 100
const transcriptsOfAPair = 2
export const passagesOfAPair = perTranscript * transcriptsOfAPair
/** Transcripts that are made as the program makes them; all others are copies, each vector moved a little. */
const originals = 40
const shifts = 2_000
const atOnce = 250

/**
 * Many pairs of two hours' talk each, with words and vectors. They are copied by the superuser, without the
 * checks of foreign keys: a million passages with their twenty million words in a quarter of an hour.
 */
export const fillServer = async (
  ownerUrl: string,
  url: string,
  pairs: number,
  seed: number,
): Promise<void> => {
  const random = randomFrom(seed)
  const vectorOf = vectorsFrom(random)
  await makeOriginals(url, random, vectorOf)
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(
      "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'",
    )
    await owner.query(
      `create temp table shift as select row_number() over () as n, value::halfvec as value
        from unnest($1::text[]) as value`,
      [Array.from({ length: shifts }, () => vector(vectorOf().map(value => value * 0.6)))],
    )
    await owner.query(`create unique index on shift (n);
      create temp table original as select id, row_number() over () as n from transcript;
      create temp table made as select n, gen_random_uuid() as pair, gen_random_uuid() as manager,
        gen_random_uuid() as report, gen_random_uuid() as meeting from generate_series(1, ${pairs}) n;
      create temp table talk as select made.*, gen_random_uuid() as id, original.id as original
        from made cross join generate_series(1, ${transcriptsOfAPair}) which
        join original on original.n = 1 + (made.n * 7 + which * 13) % ${originals}; analyze talk; analyze shift`)
    await owner.query(copyPeople)
    for (let from = 1; from <= pairs; from += atOnce) {
      for (const statement of copyTalks)
        await owner.query(`${statement} where talk.n between ${from} and ${from + atOnce - 1}`)
      await owner.query(sketches(from, from + atOnce - 1))
    }
    await owner.query('vacuum (analyze)')
  } finally {
    await owner.end()
  }
}

const copyPeople = `
  insert into person (id, name, email, state, joined_at)
    select id, '${managerName}', id || '@example.org', 'active', now()
    from (select manager as id from made union all select report from made) people;
  insert into pair (id, manager_id, report_id, timezone, created_by)
    select pair, manager, report, 'Europe/Berlin', manager from made;
  insert into meeting (id, pair_id, at, minutes, state) select meeting, pair, now() - interval '1 week', 60, 'held' from made`

const copyTalks = [
  `insert into transcript (id, pair_id, meeting_id, added_by, file_name, byte_count, content_hash, state)
    select id, pair, meeting, manager, 'talk.vtt', 1, decode(replace(id::text, '-', ''), 'hex'), 'read' from talk`,
  `insert into indexed_source (id, pair_id, transcript_id, passages, words)
    select talk.id, pair, talk.id, passages, words from talk join indexed_source source on source.id = original`,
  `insert into posting (pair_id, word, source_id, places)
    select pair, word, talk.id, places from talk join posting on source_id = original`,
  `insert into passage (pair_id, meeting_id, transcript_id, ordinal, from_line, to_line, text, embedder, embedding)
    select pair, meeting, talk.id, ordinal, from_line, to_line, text, embedder, embedding + shift.value
    from talk join passage on transcript_id = original
    join shift on shift.n = 1 + (hashtext(talk.id::text || ordinal) & 1073741823) % ${shifts}`,
]
/** As `storeVectors` writes them. */
const sketches = (from: number, to: number) => `
  insert into passage_sketch (source_id, first, pair_id, author_id, embedder, sketches)
    select source_id, min(ordinal), pair_id, author_id, embedder,
      array_agg(binary_quantize(embedding) || ordinal::bit(16) || ~(ordinal::bit(16)) order by ordinal)
    from talk join passage on transcript_id = talk.id where talk.n between ${from} and ${to}
    group by source_id, pair_id, author_id, embedder, ordinal / 50`

const makeOriginals = async (
  url: string,
  random: ReturnType<typeof randomFrom>,
  vectorOf: () => Float32Array,
): Promise<void> => {
  await using database = await openPostgres({ url, connections: 2 })
  const manager = await makePerson(database, managerName)
  const pair = await makePair(database, manager)
  const [meeting = ''] = await makeMeetings(database, manager, pair, 1)
  for (let made = 0; made < originals; made++) {
    const id = crypto.randomUUID()
    const lines = Array.from({ length: perTranscript * 2 }, (_, index) => ({
      no: index + 1,
      text: turn(random),
    }))
    await database.asPerson(manager, tx =>
      tx.run(sql`insert into transcript (id, pair_id, meeting_id, added_by, file_name, byte_count, content_hash, state)
        values (${id}, ${pair}, ${meeting}, ${manager}, 'talk.vtt', 1, decode(replace(${id}, '-', ''), 'hex'), 'read')`),
    )
    await database.asPair(pair, async tx => {
      await tx.run(...storeTranscriptPassages(pair, id, passagesOf(lines).slice(0, perTranscript)))
      const rows = await tx.all(passagesToEmbed(pair, id))
      await tx.run(
        ...storeVectors(
          pair,
          embedderName,
          rows.map(row => ({ id: row.id, vector: vectorOf() })),
        ),
      )
    })
  }
}
