import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { query, sql } from '../../src/store/sql.ts'
import {
  addTranscript,
  fileOf,
  okBody,
  openPair,
  sessionOf,
  startPair,
  startOwned,
} from '../support/http-seed.ts'
import { type Visitor } from '../support/program.ts'

const { program, owner } = await startOwned()

/** Adds a transcript to each of these meetings, and waits until they are counted; vectors may take their time. */
const add = async (
  who: Visitor,
  pair: string,
  talks: readonly { readonly meeting: string; readonly name: string; readonly text: string }[],
) => {
  const counted = async () => (await okBody(who, 'GET', `/api/pairs/${pair}/mirror`)).meetings.length
  const before = await counted()
  for (const { meeting, name, text } of talks)
    await okBody(who, 'POST', `/api/pairs/${pair}/meetings/${meeting}/transcripts`, fileOf(name, text))
  await expect.poll(counted, { timeout: 120_000 }).toBe(before + talks.length)
}

/** A short talk in which the manager says so many words more. */
const talkOf = (more: number): string =>
  [
    'Ines Calder: How was the fair?',
    'Tomasz Brandt: Long, and the lid of the large kiln cracked again in the night.',
    `Ines Calder: ${'I see. '.repeat(more)}What would you do about it?`,
    'Tomasz Brandt: Glaze it twice, and fire it slower.',
  ].join('\n')

describe('the mirror', () => {
  test('of each of the two shows their own counts; below five meetings it says that these are too few', async () => {
    const { mine, theirs, pair, at, meeting } = await openPair(program, owner)
    await add(mine, pair, [{ meeting, name: '1.txt', text: talkOf(1) }])
    const early = await okBody(mine, 'GET', `${at}/mirror`)
    expect(early).toMatchObject({
      attempt: null,
      least: 5,
      measures: { share: { have: 1, compared: null } },
    })
    const later = [
      ['2026-03-17', 17],
      ['2026-03-24', 24],
      ['2026-03-31', 31],
      ['2026-04-07', 120],
    ] as const
    const talks = []
    for (const [day, more] of later) {
      const { id } = await okBody(mine, 'POST', `${at}/meetings`, { local: `${day}T10:00` })
      talks.push({ meeting: id, name: `${day}.txt`, text: talkOf(more) })
    }
    await add(theirs, pair, talks)

    const me = await okBody(mine, 'GET', `${at}/mirror`)
    const other = await okBody(theirs, 'GET', `${at}/mirror`)
    expect(me.meetings.map(({ on }: { on: string }) => on)).toEqual([
      '2026-03-10',
      '2026-03-17',
      '2026-03-24',
      '2026-03-31',
      '2026-04-07',
    ])
    const [first, , , , newest] = me.meetings
    expect(first).toMatchObject({ words: 12, questions: { open: 2, closed: 0 } })
    expect(me.measures.share.compared).toMatchObject({ off: 'above' })
    expect(me.attempt.text).toContain('Tomasz')
    expect(other.meetings.at(-1).share).toBeCloseTo(1 - newest.share)
    expect(other.meetings.at(-1)).toMatchObject({ words: 20, questions: { open: 0, closed: 0 } })
    expect(other.without).toEqual([])
  })

  test('the other’s counts are behind a wall of the database, also for who asks it outright', async () => {
    const { mine, pair, meeting, manager, report } = await openPair(program, owner)
    await add(mine, pair, [{ meeting, name: '1.txt', text: talkOf(1) }])
    const seen = (person: string) =>
      program.database.asPerson(person, tx =>
        tx.all(
          query(
            z.object({ person: z.string() }),
            sql`select person_id as person from own_talk where pair_id = ${pair}`,
          ),
        ),
      )
    expect(await seen(manager.id)).toEqual([{ person: manager.id }])
    expect(await seen(report.id)).toEqual([{ person: report.id }])
    expect(await seen(owner.id)).toEqual([])
    // Nobody writes counts but the step that counts.
    await expect(
      program.database.asPerson(manager.id, tx =>
        tx.run(
          sql`insert into own_talk (transcript_id, pair_id, person_id, counts)
            select transcript_id, pair_id, ${report.id}, counts from own_talk where pair_id = ${pair}`,
        ),
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('a transcript that is discarded takes its counts along, and a voice that gets its name brings them', async () => {
    const manager = await sessionOf(program, owner.id)
    const { pair, meeting } = await startPair(program, owner, 'Wilma Aalto')
    const at = `/api/pairs/${pair}`
    const talk = 'Voice A: How are you?\nVoice B: Fine, and how is the roof?\nVoice A: Dry.'
    const { id } = await addTranscript(manager, { pair, meeting }, fileOf('voices.txt', talk))
    expect((await okBody(manager, 'GET', `${at}/mirror`)).without).toHaveLength(1)
    const labels = [
      { label: 'Voice A', side: 'manager' },
      { label: 'Voice B', side: 'report' },
    ]
    await okBody(manager, 'PUT', `${at}/labels`, { labels })
    await expect
      .poll(async () => (await okBody(manager, 'GET', `${at}/mirror`)).meetings, { timeout: 60_000 })
      .toMatchObject([{ words: 4, questions: { open: 1, closed: 0 } }])
    await okBody(manager, 'DELETE', `${at}/transcripts/${id}`)
    expect((await okBody(manager, 'GET', `${at}/mirror`)).meetings).toEqual([])
  })
})
