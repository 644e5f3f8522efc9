import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { largestFile } from '../../src/domain/transcript/limits.ts'
import { asPair } from '../../src/store/database.ts'
import { name, query, sql } from '../../src/store/sql.ts'
import { addTranscript, fileOf, okBody, openPair, untilIdle, startOwned } from '../support/http-seed.ts'
import { refusalIn } from '../support/http-sign-in.ts'
import { talks } from '../support/talks.ts'

const { program, owner } = await startOwned()

const Count = z.object({ count: z.int() })
/** How many rows the pair has in each table. */
const rowsOf = async (pair: string, tables: readonly string[]) =>
  Object.fromEntries(
    await Promise.all(
      tables.map(async table => {
        const [[row]] = await program.database.read(
          asPair(pair),
          query(Count, sql`select count(*)::int as count from ${name(table)}`),
        )
        return [table, row?.count]
      }),
    ),
  )
const file = () => fileOf('kiln.vtt', talks.zoom.text)

describe('adding one', () => {
  test('is acknowledged with its job, and ends read', async () => {
    const { mine, theirs, at, pair, meeting, manager } = await openPair(program, owner)
    const path = `${at}/meetings/${meeting}/transcripts`
    const { transcript, already } = await okBody(mine, 'POST', path, file())
    expect(already).toBe(false)
    expect(transcript).toMatchObject({
      state: 'waiting',
      fileName: 'kiln.vtt',
      addedBy: manager.id,
      refusal: null,
    })
    expect(transcript.job.state).toMatch(/^(?:ready|active)$/)
    await untilIdle(mine, pair)
    const review = await okBody(theirs, 'GET', `${at}/transcripts/${transcript.id}`)
    expect(review.transcript).toMatchObject({
      state: 'read',
      format: 'zoom-vtt',
      timing: 'exact',
      speakers: 'named',
      lineCount: 10,
      engine: 'offline',
      unknownLabels: [],
    })
    expect(review.transcript.job).toMatchObject({ state: 'done', progress: 1, reason: null })
    expect(review.lines).toHaveLength(10)
    expect(review.lines[0]).toMatchObject({
      no: 1,
      speaker: 'Ines Calder',
      person: manager.id,
      start: 0,
      end: 7,
    })
    const texts = new Map(review.lines.map(({ no, text }: { no: number; text: string }) => [no, text]))
    expect(review.findings.length).toBeGreaterThan(3)
    for (const { evidence } of review.findings)
      for (const { line, quote } of evidence) expect(texts.get(line)).toContain(quote)
  })

  test('pasted text is a transcript too', async () => {
    const { mine, at, pair, meeting } = await openPair(program, owner)
    const path = `${at}/meetings/${meeting}/transcripts`
    const { transcript } = await okBody(mine, 'POST', path, { text: talks.meet.text, consent: true })
    await untilIdle(mine, pair)
    const review = await okBody(mine, 'GET', `${at}/transcripts/${transcript.id}`)
    expect(review.transcript).toMatchObject({ fileName: 'Pasted text', state: 'read' })
  })

  test('the same file twice, or five times at once, makes one job', async () => {
    const { mine, theirs, at, pair, meeting } = await openPair(program, owner)
    const next = await okBody(mine, 'POST', `${at}/meetings`, { local: '2026-03-17T09:00' })
    const answers = await Promise.all(
      [mine, theirs, mine, theirs, mine].map(who =>
        who.ask('POST', `${at}/meetings/${meeting}/transcripts`, file()),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4)
    const ids = new Set(answers.map(({ body }) => body.transcript.id))
    expect(ids.size).toBe(1)
    await untilIdle(mine, pair)
    // Under another name and for another meeting it is the same file still, where it was.
    const again = await okBody(
      mine,
      'POST',
      `${at}/meetings/${next.id}/transcripts`,
      fileOf('b.vtt', talks.zoom.text),
    )
    expect(again).toMatchObject({
      already: true,
      transcript: { id: [...ids][0], meeting, fileName: 'kiln.vtt' },
    })
    expect(await rowsOf(pair, ['transcript', 'transcript_file', 'consent', 'job'])).toEqual({
      transcript: 1,
      transcript_file: 1,
      consent: 1,
      // Read, extract, link, embed: once each.
      job: 4,
    })
  })

  test('another pair has the same file on its own', async () => {
    const pairs = [await openPair(program, owner), await openPair(program, owner)]
    const added = []
    for (const { mine, pair, meeting } of pairs)
      added.push(await addTranscript(mine, { pair, meeting }, file()))
    expect(new Set(added.map(({ id }) => id)).size).toBe(2)
  })

  test.each<[string, () => unknown, number, string]>([
    [
      'without the statement that both agreed',
      () => fileOf('a.vtt', talks.zoom.text, 'no'),
      422,
      'consent-missing',
    ],
    ['pasted without it', () => ({ text: talks.zoom.text, consent: false }), 400, 'invalid-request'],
    ['empty', () => fileOf('a.vtt', ''), 422, 'transcript-empty'],
    ['not there', () => new FormData(), 400, 'file-missing'],
    ['larger than any talk', () => fileOf('a.mp4', new Uint8Array(largestFile + 1)), 413, 'file-too-large'],
  ])('a file that is %s leaves nothing behind', async (_name, body, status, code) => {
    const { mine, at, pair, meeting } = await openPair(program, owner)
    const answer = await mine.ask('POST', `${at}/meetings/${meeting}/transcripts`, body())
    expect(refusalIn(answer)).toEqual([status, code])
    expect(await rowsOf(pair, ['transcript', 'transcript_file', 'consent', 'job'])).toEqual({
      transcript: 0,
      transcript_file: 0,
      consent: 0,
      job: 0,
    })
    expect((await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).meeting.state).toBe('planned')
  })
})

describe('one that cannot be read', () => {
  test.each<[string, string, Uint8Array<ArrayBuffer>]>([
    ['a picture', 'talk.vtt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ['a recording', 'talk.mp4', new Uint8Array([0, 0, 0, 0x18, ...new TextEncoder().encode('ftypmp42')])],
    ['captions of nobody', 'talk.vtt', new TextEncoder().encode('WEBVTT\n\n')],
  ])('%s gets one clear sentence, and is kept until it is discarded', async (_name, fileName, bytes) => {
    const { mine, theirs, at, pair, meeting } = await openPair(program, owner)
    const { id, ...read } = await addTranscript(mine, { pair, meeting }, fileOf(fileName, bytes))
    expect(read).toMatchObject({ state: 'unreadable', job: { state: 'done' } })
    const { code, message } = read['refusal'] as { code: string; message: string }
    expect(code).toMatch(/^[a-z-]+$/)
    expect(message).toMatch(/^[A-Z].{10,200}[.?!]$/)
    expect(await rowsOf(pair, ['transcript_file', 'line'])).toEqual({ transcript_file: 1, line: 0 })
    expect((await theirs.ask('DELETE', `${at}/transcripts/${id}`)).status).toBe(204)
    expect(await rowsOf(pair, ['transcript', 'transcript_file', 'job'])).toEqual({
      transcript: 0,
      transcript_file: 0,
      job: 0,
    })
  })
})

describe('one on the wrong meeting', () => {
  test('is moved with all that was found in it', async () => {
    const { mine, at, pair, meeting } = await openPair(program, owner)
    const { id, version } = await addTranscript(mine, { pair, meeting }, file())
    const right = await okBody(mine, 'POST', `${at}/meetings`, { local: '2026-03-17T09:00' })
    const before = (await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).findings
    const move = { meeting: right.id, version }
    expect(await okBody(mine, 'PATCH', `${at}/transcripts/${id}`, move)).toMatchObject({ meeting: right.id })
    const left = await okBody(mine, 'GET', `${at}/meetings/${meeting}`)
    expect([left.transcripts, left.findings]).toEqual([[], []])
    const there = await okBody(mine, 'GET', `${at}/meetings/${right.id}`)
    expect(there.meeting.state).toBe('held')
    expect(there.findings).toHaveLength(before.length)
    const { places } = await okBody(mine, 'POST', `${at}/search`, { query: 'electrician' })
    expect(new Set(places.map((place: { meeting: string }) => place.meeting))).toEqual(new Set([right.id]))
    // Whoever saw it where it was is told.
    const late = await mine.ask('PATCH', `${at}/transcripts/${id}`, { meeting, version })
    expect(refusalIn(late)).toEqual([409, 'changed-meanwhile'])
  })

  test('is not moved to another pair’s meeting', async () => {
    const { mine, at, pair, meeting } = await openPair(program, owner)
    const other = await openPair(program, owner)
    const { id, version } = await addTranscript(mine, { pair, meeting }, file())
    const answer = await mine.ask('PATCH', `${at}/transcripts/${id}`, { meeting: other.meeting, version })
    expect(refusalIn(answer)).toEqual([404, 'not-found'])
  })
})

test('discarding one takes along all that came from it, and nothing else', async () => {
  const { mine, at, pair, meeting } = await openPair(program, owner)
  const { id } = await addTranscript(mine, { pair, meeting }, file())
  const kept = await addTranscript(
    mine,
    { pair, meeting },
    fileOf('other.txt', 'Ann: Hello.\nBen: I will bring the ladder.'),
  )
  expect((await mine.ask('DELETE', `${at}/transcripts/${id}`)).status).toBe(204)
  const page = await okBody(mine, 'GET', `${at}/meetings/${meeting}`)
  expect(page.transcripts.map((one: { id: string }) => one.id)).toEqual([kept.id])
  expect(page.findings.filter((finding: { transcript: string }) => finding.transcript === id)).toEqual([])
  expect((await okBody(mine, 'POST', `${at}/search`, { query: 'electrician' })).places).toEqual([])
  expect((await okBody(mine, 'POST', `${at}/search`, { query: 'ladder' })).places).toHaveLength(1)
  expect((await mine.ask('GET', `${at}/transcripts/${id}`)).status).toBe(404)
  // The same file may come again.
  expect((await addTranscript(mine, { pair, meeting }, file())).id).not.toBe(id)
})

describe('a step that failed', () => {
  test('says so in a sentence, and goes on when it is asked to', async () => {
    const { mine, theirs, at, pair, meeting } = await openPair(program, owner)
    const { id, job } = await addTranscript(mine, { pair, meeting }, file())
    const path = `${at}/jobs/${job.id}`
    await program.database.asSystem('jobs', tx =>
      tx.run(
        sql`update job set state = 'failed', failures = 3, reason = 'reading-too-slow' where id = ${job.id}`,
      ),
    )
    expect(await okBody(theirs, 'GET', path)).toMatchObject({
      state: 'failed',
      transcript: id,
      failures: 3,
      reason: { code: 'reading-too-slow', message: expect.stringMatching(/The file is kept\.$/) },
    })
    expect((await okBody(mine, 'GET', at)).jobs).toHaveLength(1)
    expect(await okBody(theirs, 'POST', `${path}/retry`)).toMatchObject({ failures: 0, reason: null })
    await untilIdle(mine, pair)
    expect(await okBody(mine, 'GET', path)).toMatchObject({ state: 'done' })
    // Pressed once more, what is done stays done.
    expect(await okBody(mine, 'POST', `${path}/retry`)).toMatchObject({ state: 'done' })
    expect(await okBody(mine, 'POST', `${path}/cancel`)).toMatchObject({ state: 'done' })
  })

  test('is left out when it is cancelled, and what was read stays', async () => {
    const { mine, at, pair, meeting } = await openPair(program, owner)
    const { id, job } = await addTranscript(mine, { pair, meeting }, file())
    const path = `${at}/jobs/${job.id}`
    await program.database.asSystem('jobs', tx =>
      tx.run(sql`update job set state = 'failed', reason = 'gave-up' where id = ${job.id}`),
    )
    expect(await okBody(mine, 'POST', `${path}/cancel`)).toMatchObject({ state: 'cancelled', reason: null })
    expect((await okBody(mine, 'GET', at)).jobs).toEqual([])
    expect((await okBody(mine, 'GET', `${at}/transcripts/${id}`)).lines).toHaveLength(10)
  })
})
