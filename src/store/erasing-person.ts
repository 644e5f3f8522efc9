import { z } from 'zod'
import { nameInText } from '../domain/names.ts'
import { Identified } from './columns.ts'
import { asSystem, type Database, type Tx } from './database.ts'
import {
  allErasures,
  eraseAgain,
  eraseJobs,
  type Erasure,
  erasureDone,
  meetingGoes,
  transcriptGoes,
  unendedErasures,
} from './erasing.ts'
import { findingTables, searchAgain } from './keeping.ts'
import { dropPrepared } from './prepared.ts'
import { name, query, sql } from './sql.ts'
import type { Statement } from './sql.ts'

/** What a person is called in shared rows when they are erased. */
export const formerColleague = 'former colleague'

/** Goes on with every erasure that was asked for and not ended; each can be begun again. */
export const finishErasures = async (database: Database): Promise<void> => {
  const [unended] = await database.read(asSystem('retention'), unendedErasures())
  for (const erasure of unended) await carryOut(database, erasure)
}

/** Erases in a database that was brought back what another one knows to be erased. @returns how many. */
export const repeatErasures = async (from: Database, into: Database): Promise<number> => {
  const [all] = await from.read(asSystem('retention'), allErasures())
  await into.asSystem('retention', tx => tx.run(...all.map(eraseAgain)))
  await finishErasures(into)
  return all.length
}

/** Erases what a row of `erasure` names; what is gone already is no error. */
export const carryOut = async (database: Database, erasure: Erasure): Promise<void> => {
  const { what, row, pair } = erasure
  if (what === 'person') await erasePerson(database, row)
  else if (what === 'pair')
    await database.asSystem('retention', tx => tx.run(sql`delete from pair where id = ${row}`))
  else if (pair)
    await database.asPair(pair, tx =>
      tx.run(...(what === 'meeting' ? meetingGoes(pair, row) : [transcriptGoes(pair, row)])),
    )
  await database.asSystem('retention', tx => tx.run(eraseJobs(row), erasureDone(erasure)))
}

/**
 * A person's account, private rows and vectors go. In shared rows their name becomes "former colleague" and
 * the lines they spoke go; what the other wrote stays. Several transactions, for each part is done as who
 * may: first they are locked out, last their row loses its name.
 */
const erasePerson = async (database: Database, person: string): Promise<void> => {
  await database.asSystem('sign-in', tx =>
    tx.run(
      sql`delete from session where person_id = ${person}`,
      sql`delete from login where person_id = ${person}`,
      sql`delete from one_time_link where person_id = ${person} or made_by = ${person}`,
      sql`delete from administrator where person_id = ${person} and not owner`,
    ),
  )
  await database.asPerson(person, erasePrivateRows)
  const [pairs] = await database.read(asSystem('calendar'), pairsOf(person))
  for (const { id } of pairs) await database.asPair(id, tx => eraseVoice(tx, id, person))
  await database.asSystem('calendar', tx =>
    tx.run(
      sql`delete from mail where person_id = ${person}
        or meeting_id in (select meeting.id from meeting join pair on pair.id = pair_id
          where ${person} in (manager_id, report_id))`,
    ),
  )
  await database.asSystem('sign-in', tx =>
    tx.run(
      sql`update person set name = ${formerColleague}, email = null, language = 'en', state = 'disabled',
        erased_at = now() where id = ${person} and erased_at is null`,
    ),
  )
}

const pairsOf = (person: string) =>
  query(Identified, sql`select id from pair where ${person} in (manager_id, report_id)`)

/**
 * Every table with a policy that shows each person their own rows alone, and the column that says whose
 * they are. Asked of the catalogue, so that a table made later is not forgotten.
 */
const privateTables = query(
  z.object({ name: z.string(), column: z.string() }),
  sql`select relname as name, attname as column from pg_policy
      join pg_class on pg_class.oid = polrelid
      join pg_attribute on attrelid = polrelid and attname in ('author_id', 'person_id', 'run_as')
    where polname in ('own', 'own_rows') and polcmd in ('*', 'd') and not attisdropped
      and has_table_privilege(polrelid, 'delete') order by relname`,
)

const erasePrivateRows = async (tx: Tx): Promise<void> => {
  for (const table of await tx.all(privateTables))
    await tx.run(sql`delete from ${name(table.name)} where ${name(table.column)} = current_person()`)
}

/** What they said, in the file, its lines and the quotes of findings; a proposal or remark without a quote left is none. */
const eraseVoice = async (tx: Tx, pair: string, person: string): Promise<void> => {
  const [who] = await tx.all(
    query(z.object({ name: z.string() }), sql`select name from person where id = ${person}`),
  )
  const pattern = who && who.name !== formerColleague ? nameInText(who.name) : null
  await tx.run(
    sql`delete from transcript_file where pair_id = ${pair}`,
    // A voice that nobody knows may have been theirs.
    sql`delete from line where pair_id = ${pair} and not exists (
      select from speaker_label known where known.pair_id = ${pair} and known.label = line.speaker
        and known.person_id <> ${person})`,
    sql`delete from speaker_label where pair_id = ${pair} and (person_id is null or person_id = ${person})`,
    ...[...findingTables, sql`remark`].flatMap(table => eraseQuotes(table, pair)),
    sql`delete from own_talk where pair_id = ${pair} and person_id = ${person}`,
    dropPrepared(pair),
    // Vectors of texts with the name in them.
    sql`update roadblock_mention set embedder = null, embedding = null where pair_id = ${pair}`,
    sql`update transcript set thinned_at = coalesce(thinned_at, now()),
      talk = null, problems = '[]', notice = null where pair_id = ${pair}`,
    ...(pattern === null
      ? []
      : [
          ...findingTables
            .filter(table => table.text !== 'item_update')
            .map(
              table => sql`update ${table} set text = regexp_replace(text, ${pattern}, ${formerColleague}, 'g')
                where pair_id = ${pair} and text ~ ${pattern}`,
            ),
          sql`update transcript set file_name = regexp_replace(file_name, ${pattern}, ${formerColleague}, 'g')
            where pair_id = ${pair}`,
        ]),
  )
  const read = query(
    z.object({ transcript: z.string(), meeting: z.string() }),
    sql`select id as transcript, meeting_id as meeting from transcript where pair_id = ${pair} and state = 'read'`,
  )
  for (const source of await tx.all(read)) await searchAgain(tx, { pair, ...source })
  // A file that could not be read holds their words too, and nothing can be told apart in it.
  await tx.run(sql`delete from transcript where pair_id = ${pair} and state <> 'read'`)
}

const eraseQuotes = (table: Statement, pair: string): Statement[] => [
  sql`update ${table} set evidence = coalesce((
      select jsonb_agg(quote order by place) from jsonb_array_elements(evidence) with ordinality as e (quote, place)
      where exists (select from line where line.pair_id = ${pair} and line.transcript_id = ${table}.transcript_id
        and line.no = (quote ->> 'line')::int)), '[]')
    where pair_id = ${pair} and transcript_id is not null`,
  sql`delete from ${table} where pair_id = ${pair} and transcript_id is not null and evidence = '[]'
    and ${table.text === 'remark' ? sql`true` : sql`state in ('proposed', 'dismissed')`}`,
]

/** Whether somebody may be erased: an owner stays, for nobody else could open the door to others. */
export const isOwner = (person: string) =>
  query(Identified, sql`select person_id as id from administrator where person_id = ${person} and owner`)
