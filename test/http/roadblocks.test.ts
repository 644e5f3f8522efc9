import { afterAll, describe, expect, test } from 'vitest'
import { addRoadblock } from '../support/http-ledger.ts'
import { joinOwner, okBody, openPair } from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'

const program = await startTestProgram()
afterAll(() => program[Symbol.asyncDispose]())
const room = await openPair(program, await joinOwner(program))
const { mine, theirs, at } = room

const meetingOn = async (local: string): Promise<string> =>
  (await okBody(mine, 'POST', `${at}/meetings`, { local })).id
const said = (meeting: string, text: string) => addRoadblock(mine, { pair: room.pair, meeting }, text)
const page = (roadblock: string) => okBody(theirs, 'GET', `${at}/roadblocks/${roadblock}`)

/** Said in two meetings: the second mention is merged into the thread of the first. */
const saidTwice = async (text: string) => {
  const first = await said(room.meeting, text)
  const again = await said(await meetingOn('2026-03-17T09:00'), `${text} Again.`)
  await okBody(mine, 'POST', `${at}/roadblocks/${again.roadblock}/merge`, { into: first.roadblock })
  return { ...first, again: again.mention }
}

describe('a roadblock that came back', () => {
  test('counts meetings, asks both for a decision, and a promise is made from it', async () => {
    const { roadblock } = await saidTwice('The lift is out.')
    const before = await page(roadblock)
    expect([before.roadblock.said.length, before.roadblock.needsDecision]).toEqual([2, true])
    expect(before.mentions.map(({ status }: { status: string }) => status)).toEqual(['raised', 'restated'])

    const wish = { choice: 'remove', what: 'Ring the lift firm', owner: room.manager.id, due: '2026-04-01' }
    const decided = await okBody(mine, 'POST', `${at}/roadblocks/${roadblock}/decisions`, wish)
    expect(decided).toMatchObject({ needsDecision: false, decision: { ...wish, decidedBy: room.manager.id } })
    const { promises } = await okBody(theirs, 'GET', `${at}/promises`)
    expect(promises).toContainEqual(
      expect.objectContaining({
        id: decided.decision.promise,
        text: wish.what,
        owner: room.manager.id,
        due: wish.due,
        state: 'open',
      }),
    )
  })

  test('a decision without owner or day can be recorded, and taken back with its promise', async () => {
    const { roadblock } = await saidTwice('No vans on Sundays.')
    const path = `${at}/roadblocks/${roadblock}/decisions`
    const { decision } = await okBody(mine, 'POST', path, { choice: 'escalate', what: 'Tell the depot' })
    expect([decision.owner, decision.due]).toEqual([null, null])
    await okBody(theirs, 'DELETE', `${path}/${decision.id}`)
    expect((await page(roadblock)).roadblock).toMatchObject({ needsDecision: true, decision: null })
    const { promises } = await okBody(theirs, 'GET', `${at}/promises`)
    expect(promises.map(({ text }: { text: string }) => text)).not.toContain('Tell the depot')
  })

  test('a promise belongs to one of the two', async () => {
    const { roadblock } = await saidTwice('The tills are slow.')
    const wish = { choice: 'remove', what: 'Buy tills', owner: crypto.randomUUID() }
    const answer = await mine.ask('POST', `${at}/roadblocks/${roadblock}/decisions`, wish)
    expect([answer.status, answer.body.error.code]).toEqual([422, 'owner-unknown'])
  })
})

describe('by hand', () => {
  test('resolved stays resolved until it is said in a later meeting', async () => {
    const { roadblock } = await saidTwice('The roof leaks.')
    const { version } = (await page(roadblock)).roadblock
    const path = `${at}/roadblocks/${roadblock}`
    expect(await okBody(mine, 'PATCH', path, { version, state: 'resolved' })).toMatchObject({
      state: 'resolved',
      resolvedBy: room.manager.id,
      needsDecision: false,
    })
    const stale = await theirs.ask('PATCH', path, { version, state: 'open' })
    expect(stale.status).toBe(409)

    const later = await said(await meetingOn('2199-01-01T09:00'), 'The roof leaks anew.')
    await okBody(mine, 'POST', `${at}/roadblocks/${later.roadblock}/merge`, { into: roadblock })
    expect((await page(roadblock)).roadblock).toMatchObject({ state: 'open', needsDecision: true })
  })

  test('what was split can be put back, and the emptied thread is gone', async () => {
    const { roadblock, again } = await saidTwice('The phones are down.')
    const split = await okBody(mine, 'POST', `${at}/roadblocks/${roadblock}/split`, { mentions: [again] })
    expect((await page(roadblock)).mentions).toHaveLength(1)
    expect((await page(split.roadblock)).mentions).toHaveLength(1)
    await okBody(mine, 'POST', `${at}/roadblocks/${split.roadblock}/merge`, {
      into: roadblock,
      mentions: split.mentions,
    })
    expect((await page(roadblock)).mentions).toHaveLength(2)
    expect((await theirs.ask('GET', `${at}/roadblocks/${split.roadblock}`)).status).toBe(404)
  })

  test('something has to stay, and nothing is merged with itself', async () => {
    const { roadblock, mention } = await said(room.meeting, 'The gate sticks.')
    const all = await mine.ask('POST', `${at}/roadblocks/${roadblock}/split`, { mentions: [mention] })
    const itself = await mine.ask('POST', `${at}/roadblocks/${roadblock}/merge`, { into: roadblock })
    expect([all.body.error.code, itself.body.error.code]).toEqual(['split-of-all', 'merge-with-itself'])
  })
})

test('a brief and topics are made from it, and only from what its reader may read', async () => {
  const note = 'Ask about the raise before June.'
  await okBody(theirs, 'PUT', `${at}/meetings/${room.meeting}/own-note`, { text: note, version: 0 })
  const [hers, his] = [await mine.ask('GET', `${at}/brief`), await theirs.ask('GET', `${at}/brief`)]
  expect(hers.text).toContain('It needs a decision: remove, accept or escalate.')
  expect(his.text).toContain('before June')
  expect(hers.text + (await mine.ask('GET', `${at}/topics`)).text).not.toContain('before June')
  const { topics } = await okBody(theirs, 'GET', `${at}/topics`)
  expect(topics).toContainEqual(expect.objectContaining({ kind: 'roadblock', reason: expect.any(String) }))
})

test('a topic waved away stays away, for who waved it and until they take that back', async () => {
  await saidTwice('The crane is shut.')
  const topicsOf = async (who: typeof mine) => (await okBody(who, 'GET', `${at}/topics`)).topics
  const [topic] = await topicsOf(theirs)
  const keysOf = async (who: typeof mine) => (await topicsOf(who)).map(({ key }: { key: string }) => key)
  expect(topic).toMatchObject({ key: expect.stringMatching(/^roadblock:/), item: topic.text })
  await okBody(theirs, 'PUT', `${at}/topics/waved`, { key: topic.key, away: true })
  expect(await keysOf(theirs)).not.toContain(topic.key)
  expect(await keysOf(mine)).toContain(topic.key)
  await okBody(theirs, 'PUT', `${at}/topics/waved`, { key: topic.key, away: false })
  expect(await keysOf(theirs)).toContain(topic.key)
})
