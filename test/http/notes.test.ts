import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as Y from 'yjs'
import { documentOf, noteRoot, plainText, updateOfText } from '../../src/notes/document.ts'
import { asPerson } from '../../src/store/database.ts'
import { writeOwnNote } from '../../src/store/notes.ts'
import { query, sql } from '../../src/store/sql.ts'
import { joinMember, joinOwner, type Member, okBody, openPair, sessionOf } from '../support/http-seed.ts'
import { listen } from '../support/http-socket.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'

type Room = Awaited<ReturnType<typeof openPair>>

let program: TestProgram
let owner: Member
let room: Room

beforeAll(async () => {
  program = await startTestProgram()
  owner = await joinOwner(program)
  room = await openPair(program, owner)
})
afterAll(() => program[Symbol.asyncDispose]())

const pathOf = ({ at, meeting }: Pick<Room, 'at' | 'meeting'>) => `${at}/meetings/${meeting}/note`
const text64 = (update: Uint8Array) => Buffer.from(update).toString('base64')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

/** A page with the note open: it types and sends what it typed. */
const openNote = async (who: Visitor, path: string) => {
  const document = new Y.Doc()
  let sequence = 0
  const text = document.getText(noteRoot)
  const pull = async () => {
    const answer = await okBody(who, 'GET', `${path}?after=${sequence}`)
    for (const { update } of answer.updates) Y.applyUpdate(document, bytes(update))
    sequence = answer.sequence
    return answer
  }
  await pull()
  return {
    text,
    pull,
    async type(words: string, at = text.length) {
      const from = Y.encodeStateVector(document)
      text.insert(at, words)
      return okBody(who, 'POST', path, { update: text64(Y.encodeStateAsUpdate(document, from)) })
    },
  }
}

const kept = async (who: Visitor, path: string) => {
  const { updates } = await okBody(who, 'GET', path)
  return plainText(documentOf(updates.map(({ update }: { update: string }) => bytes(update))))
}

test('nobody has written yet', async () => {
  const fresh = await openPair(program, owner)
  expect(await okBody(fresh.theirs, 'GET', pathOf(fresh))).toEqual({
    id: null,
    sequence: 0,
    updates: [],
    promises: [],
  })
})

describe('both write', () => {
  test('at once, and each has what both typed', async () => {
    const path = pathOf(room)
    const [mine, theirs] = [await openNote(room.mine, path), await openNote(room.theirs, path)]
    const words = Array.from({ length: 20 }, (_, index) => `w${index} `)
    const typeAll = async (page: typeof mine, side: string) => {
      for (const word of words) await page.type(`${side} ${word}`)
    }
    await Promise.all([typeAll(mine, 'manager'), typeAll(theirs, 'report')])
    await Promise.all([mine.pull(), theirs.pull()])
    expect(mine.text.toJSON()).toBe(theirs.text.toJSON())
    for (const word of words)
      for (const side of ['manager', 'report']) expect(mine.text.toJSON()).toContain(`${side} ${word}`)
    expect(await kept(room.theirs, path)).toBe(mine.text.toJSON())
    const [note] = await program.database.asPerson(room.report.id, tx =>
      tx.all(
        query(
          z.object({ text: z.string() }),
          sql`select text from note where pair_id = ${room.pair} and visibility = 'shared'`,
        ),
      ),
    )
    expect(note?.text).toBe(mine.text.toJSON())
  })

  test('what is sent twice is one row and is told once', async () => {
    const path = pathOf(room)
    const update = text64(updateOfText('Said once. '))
    using page = await listen(room.theirs)
    await page.watch(room.pair, async () => (await openNote(room.mine, path)).type('.'))
    const first = await okBody(room.mine, 'POST', path, { update })
    const again = await okBody(room.mine, 'POST', path, { update })
    expect(again.sequence).toBe(first.sequence)
    const next = await (await openNote(room.theirs, path)).type('!')
    expect(next.sequence).toBe(first.sequence + 1)
    const told = () =>
      page.heard.filter(({ channel }) => channel === 'note').map(({ numbers }) => numbers?.['sequence'])
    await expect.poll(told).toContain(next.sequence)
    expect(told().filter(sequence => sequence === first.sequence)).toHaveLength(1)
  })

  test('more than a hundred updates become fewer rows; whoever comes late with an old page loses nothing', async () => {
    const fresh = await openPair(program, owner)
    const path = pathOf(fresh)
    const [mine, late] = [await openNote(fresh.mine, path), await openNote(fresh.theirs, path)]
    await mine.type('start ')
    await late.pull()
    for (let index = 0; index < 230; index++) {
      await mine.type(`m${index} `)
      // The late page's place lies in what is deleted and merged meanwhile.
      if (index === 100) mine.text.delete(0, 6)
    }
    const { updates, sequence } = await okBody(fresh.mine, 'GET', path)
    expect(sequence).toBe(231)
    expect(updates.length).toBeLessThan(130)
    expect(updates[0].author).toBeNull()
    expect(updates.at(-1).author).toBe(fresh.manager.id)
    await late.type('came late ', 3)
    await Promise.all([mine.pull(), late.pull()])
    expect(late.text.toJSON()).toBe(mine.text.toJSON())
    expect(mine.text.toJSON()).toContain('came late')
    for (let index = 0; index < 230; index++) expect(mine.text.toJSON()).toContain(`m${index} `)
  })

  test('what cannot be read leaves no row behind', async () => {
    const path = pathOf(room)
    const before = await okBody(room.mine, 'GET', path)
    const hidden = new Y.Doc()
    hidden.getMap('hidden').set('words', 'x')
    for (const update of ['AQID', text64(Y.encodeStateAsUpdate(hidden))]) {
      const answer = await room.mine.ask('POST', path, { update })
      expect([answer.status, answer.body.error.code]).toEqual([422, 'note-update-unreadable'])
    }
    expect(await okBody(room.mine, 'GET', path)).toEqual(before)
  })
})

describe('who reads it', () => {
  test('both find its words; the private note beside it stays its author’s', async () => {
    const fresh = await openPair(program, owner)
    await (
      await openNote(fresh.mine, pathOf(fresh))
    ).type('The quagga file comes every night.\nBerths are typed in.')
    await okBody(fresh.mine, 'PUT', `${fresh.at}/meetings/${fresh.meeting}/own-note`, {
      text: 'My okapi thought.',
      version: 0,
    })
    const found = async (who: Visitor, words: string) =>
      (await okBody(who, 'POST', `${fresh.at}/search`, { query: words })).places.map(
        ({ kind, fromLine }: { kind: string; fromLine: number | null }) => [kind, fromLine],
      )
    expect(await found(fresh.mine, 'quagga')).toEqual([['note', 1]])
    expect(await found(fresh.theirs, 'quagga')).toEqual([['note', 1]])
    expect(await found(fresh.mine, 'okapi')).toEqual([['own-note', null]])
    expect(await found(fresh.theirs, 'okapi')).toEqual([])
  })

  test('nobody else: neither its rows nor its place', async () => {
    const stranger = await joinMember(program, owner, 'Sten Stranger')
    const who = await sessionOf(program, stranger.id)
    for (const other of [who, await sessionOf(program, owner.id)]) {
      expect((await other.ask('GET', pathOf(room))).status).toBe(404)
      expect((await other.ask('POST', pathOf(room), { update: text64(updateOfText('x')) })).status).toBe(404)
    }
    const [rows] = await program.database.read(
      asPerson(stranger.id),
      query(z.object({ n: z.int() }), sql`select count(*)::int as n from note_update`),
    )
    expect(rows).toEqual([{ n: 0 }])
  })

  test('words of a private note cannot be filed as shared', async () => {
    const fresh = await openPair(program, owner)
    await program.database.asPerson(fresh.manager.id, tx =>
      tx.all(writeOwnNote(fresh.pair, fresh.meeting, 'x', 0)),
    )
    const attempt = program.database.asPerson(fresh.manager.id, tx =>
      tx.run(sql`insert into indexed_source (id, pair_id, note_id, passages, words)
        select id, pair_id, id, 1, 1 from note where visibility = 'private' and pair_id = ${fresh.pair}`),
    )
    await expect(attempt).rejects.toMatchObject({ code: '23503' })
    const update = program.database.asPerson(fresh.manager.id, tx =>
      tx.run(sql`insert into note_update (note_id, pair_id, sequence, author_id, bytes)
        select id, pair_id, 1, author_id, 'x' from note where visibility = 'private' and pair_id = ${fresh.pair}`),
    )
    await expect(update).rejects.toMatchObject({ code: '23503' })
  })
})

describe('cursors', () => {
  const at = { anchorClient: 7, anchorClock: 1, headClient: 7, headClock: 3 }

  test('go to the pair as places and whose they are, and leave with their window', async () => {
    const { pair, meeting } = room
    const soundIn = async () => (await openNote(room.mine, pathOf(room))).type('.')
    using here = await listen(room.mine)
    await here.watch(pair, soundIn)
    const there = await listen(room.theirs)
    await there.watch(pair, soundIn)
    there.send({ cursor: { pair, meeting, at } })
    const cursors = () => here.heard.filter(({ event }) => event === 'cursor' || event === 'left')
    await expect
      .poll(cursors)
      .toEqual([{ channel: 'note', pair, id: meeting, by: room.report.id, event: 'cursor', numbers: at }])
    there[Symbol.dispose]()
    await expect.poll(() => cursors().at(-1)?.event).toBe('left')
  })

  test('are not heard from a pair that is not one’s own', async () => {
    const { pair, meeting } = room
    using here = await listen(room.mine)
    const soundIn = async () => (await openNote(room.mine, pathOf(room))).type('.')
    await here.watch(pair, soundIn)
    using owners = await listen(await sessionOf(program, owner.id))
    owners.send({ watch: [pair] })
    owners.send({ cursor: { pair, meeting, at } })
    const before = here.heard.length
    await soundIn()
    await soundIn()
    await expect.poll(() => here.heard.length).toBeGreaterThan(before + 1)
    expect(here.heard.some(({ event }) => event === 'cursor')).toBe(false)
  })

  test('with words in them close the socket', async () => {
    const { pair, meeting } = room
    using page = await listen(room.mine)
    page.send({ cursor: { pair, meeting, at: { ...at, name: 'words' } } })
    expect((await page.closed).code).toBe(1007)
  })
})
