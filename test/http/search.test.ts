import { describe, expect, test } from 'vitest'
import { joinMember, okBody, openPair, sessionOf, startPair, startOwned } from '../support/http-seed.ts'
import { type Visitor } from '../support/program.ts'

const { program, owner } = await startOwned()

interface Place {
  readonly kind: string
  readonly text: string
  readonly pair: string
  readonly person: string | null
  readonly state: string | null
}

const find = async (who: Visitor, path: string, body: object): Promise<Place[]> =>
  (await okBody(who, 'POST', `${path}/search`, { limit: 20, ...body })).places

/** One matter in everything two people keep. */
const fill = async ({ mine, theirs, at, meeting, report }: Awaited<ReturnType<typeof openPair>>) => {
  const path = `${at}/meetings/${meeting}`
  const finding = { meeting, transcript: null, evidence: [] }
  await okBody(mine, 'POST', `${at}/findings`, {
    ...finding,
    kind: 'action-item',
    text: 'Call about the kiln',
    owner: report.id,
    due: null,
  })
  await okBody(mine, 'POST', `${at}/findings`, { ...finding, kind: 'decision', text: 'A smaller kiln' })
  await okBody(mine, 'POST', `${at}/findings`, { ...finding, kind: 'roadblock', text: 'No kiln before May' })
  await okBody(theirs, 'POST', `${path}/agenda`, { text: 'The kiln, once more', kind: 'roadblock' })
  await okBody(mine, 'PUT', `${path}/own-note`, { text: 'Ask what the kiln costs.', version: 0 })
}

describe('search', () => {
  test('finds what is kept of a matter, by kind, by whom and when; own notes for their author alone', async () => {
    const room = await openPair(program, owner)
    const { mine, theirs, at, report } = room
    await fill(room)
    const kindsFor = async (who: Visitor, body: object) =>
      (await find(who, at, { query: 'kiln', ...body })).map(({ kind }) => kind).toSorted()
    const shared = ['agenda', 'decision', 'promise', 'roadblock']
    expect(await kindsFor(mine, {})).toEqual([...shared, 'own-note'].toSorted())
    expect(await kindsFor(theirs, {})).toEqual(shared)
    expect(await kindsFor(mine, { kinds: ['decision', 'own-note'] })).toEqual(['decision', 'own-note'])
    expect(await kindsFor(mine, { person: report.id })).toEqual(['agenda', 'promise'])
    expect(await kindsFor(mine, { from: '2026-03-10', to: '2026-03-10' })).toEqual(
      [...shared, 'own-note'].toSorted(),
    )
    expect(await kindsFor(mine, { from: '2026-03-11' })).toEqual([])
    expect(await find(mine, at, { query: '— … !' })).toEqual([])
    // A word is a word, not a part of one, and no pattern.
    expect(await find(mine, at, { query: 'kil' })).toEqual([])
    expect(await find(mine, at, { query: '.*' })).toEqual([])
  })

  test('a question is answered by the places that answer it, the kind it asks for first', async () => {
    const room = await openPair(program, owner)
    await fill(room)
    const answer = await okBody(room.mine, 'POST', `${room.at}/search`, {
      query: 'What did we decide about the kiln?',
      limit: 5,
    })
    expect(answer.question).toBe(true)
    expect(answer.places[0]).toMatchObject({ kind: 'decision', text: 'A smaller kiln' })
    expect(answer.places[0].highlights).toEqual([[10, 14]])
  })

  test('across all one’s own 1:1s, and nobody else’s', async () => {
    const room = await openPair(program, owner)
    await fill(room)
    const second = await startPair(program, room.manager, 'Wilma Aalto')
    await okBody(room.mine, 'POST', `/api/pairs/${second.pair}/findings`, {
      meeting: second.meeting,
      transcript: null,
      kind: 'decision',
      text: 'The kiln goes to Wilma',
      evidence: [],
    })
    const pairs = new Set((await find(room.mine, '/api', { query: 'kiln' })).map(({ pair }) => pair))
    expect(pairs).toEqual(new Set([room.pair, second.pair]))
    expect(new Set((await find(room.theirs, '/api', { query: 'kiln' })).map(({ pair }) => pair))).toEqual(
      new Set([room.pair]),
    )
    const stranger = await joinMember(program, owner, 'Sten Stranger')
    expect(await find(await sessionOf(program, stranger.id), '/api', { query: 'kiln' })).toEqual([])
  })
})
