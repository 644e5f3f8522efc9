import { describe, expect, test } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { okBody, openPair, startOwned } from '../support/http-seed.ts'
import { type Visitor } from '../support/program.ts'

const { program, owner } = await startOwned()

const refusalIn = ({ status, body }: { status: number; body: any }) => [status, body?.error?.code]

const open = async () => {
  const room = await openPair(program, owner)
  const path = `${room.at}/meetings/${room.meeting}/agenda`
  const add = (who: Visitor, text: string, more: object = {}) => okBody(who, 'POST', path, { text, ...more })
  const texts = async (who: Visitor) =>
    (await okBody(who, 'GET', path)).items.map(({ text }: { text: string }) => text)
  return { ...room, path, add, texts }
}

describe('the agenda', () => {
  test('has the report’s part first, each in the order its person gave it', async () => {
    const { mine, theirs, add, texts, path } = await open()
    const roof = await add(mine, 'The roof')
    const fair = await add(mine, 'The fair', { kind: 'priorities' })
    const kiln = await add(theirs, 'The kiln', { kind: 'roadblock' })
    expect(await texts(mine)).toEqual(['The kiln', 'The roof', 'The fair'])
    expect(await texts(theirs)).toEqual(['The kiln', 'The roof', 'The fair'])
    await okBody(mine, 'PUT', `${path}/order`, { items: [fair.id, kiln.id, roof.id] })
    expect(await texts(theirs)).toEqual(['The kiln', 'The fair', 'The roof'])
    // Another's part is not mine to order.
    const board = await add(theirs, 'The board')
    await okBody(mine, 'PUT', `${path}/order`, { items: [board.id, kiln.id] })
    expect(await texts(mine)).toEqual(['The kiln', 'The board', 'The fair', 'The roof'])
  })

  test('takes the same wish twice as one', async () => {
    const { mine, theirs, add, texts } = await open()
    const id = crypto.randomUUID()
    const first = await add(mine, 'The roof', { id })
    expect(await add(mine, 'The roof', { id })).toEqual(first)
    expect(await texts(mine)).toEqual(['The roof'])
    // An id that stands elsewhere tells nothing of it.
    const other = await open()
    const answer = await other.mine.ask('POST', other.path, { id, text: 'Mine' })
    expect(refusalIn(answer)).toEqual([404, 'not-found'])
    expect(await texts(theirs)).toEqual(['The roof'])
  })

  test('is changed by who raised it, and ticked by either; nobody overwrites what they have not seen', async () => {
    const { mine, theirs, add, path } = await open()
    const { id } = await add(mine, 'The roof')
    const change = (who: Visitor, body: object) => who.ask('PATCH', `${path}/${id}`, body)
    expect(refusalIn(await change(theirs, { version: 1, text: 'Their roof' }))).toEqual([
      422,
      'agenda-item-not-yours',
    ])
    expect(refusalIn(await change(theirs, { version: 1, state: 'removed' }))).toEqual([
      422,
      'agenda-item-not-yours',
    ])
    expect((await change(theirs, { version: 1, state: 'reached' })).body).toMatchObject({
      state: 'reached',
      version: 2,
    })
    expect(refusalIn(await change(mine, { version: 1, text: 'The new roof' }))).toEqual([
      409,
      'changed-meanwhile',
    ])
    expect((await change(mine, { version: 2, text: 'The new roof', kind: 'status' })).body).toMatchObject({
      text: 'The new roof',
      kind: 'status',
      state: 'reached',
      version: 3,
    })
  })

  test('gives a removed item back for a while, and then has forgotten it', async () => {
    const { mine, theirs, add, texts, path, pair, manager } = await open()
    const { id } = await add(mine, 'The roof')
    const change = (body: object) => okBody(mine, 'PATCH', `${path}/${id}`, body)
    await change({ version: 1, state: 'removed' })
    expect(await texts(theirs)).toEqual([])
    await change({ version: 2, state: 'open' })
    expect(await texts(theirs)).toEqual(['The roof'])
    await change({ version: 3, state: 'removed' })
    await program.database.asPerson(manager.id, tx =>
      tx.run(
        sql`update agenda_item set changed_at = now() - interval '11 minutes' where pair_id = ${pair} and id = ${id}`,
      ),
    )
    await add(mine, 'The fair')
    expect(refusalIn(await mine.ask('PATCH', `${path}/${id}`, { version: 4, state: 'open' }))).toEqual([
      404,
      'not-found',
    ])
  })

  test('holds forty items of one person', async () => {
    const { mine, theirs, add, path } = await open()
    for (let n = 0; n < 40; n++) await add(mine, `Item ${n}`)
    expect(refusalIn(await mine.ask('POST', path, { text: 'One more' }))).toEqual([422, 'agenda-full'])
    expect(refusalIn(await mine.ask('POST', `${path}/from-template`, { template: 'first' }))).toEqual([
      422,
      'agenda-full',
    ])
    await add(theirs, 'Room for the other')
  })
})

describe('in writing instead', () => {
  test('both read it, answer it, and bring it back', async () => {
    const { mine, theirs, add, path, report, manager } = await open()
    const { id } = await add(mine, 'Where the winter rota stands', { kind: 'status' })
    const asked = await okBody(mine, 'PATCH', `${path}/${id}`, { version: 1, askedToWrite: true })
    expect(asked).toMatchObject({ askedToWrite: true, state: 'open' })
    const first = { id: crypto.randomUUID(), text: 'The rota is out.' }
    await okBody(theirs, 'POST', `${path}/${id}/writings`, first)
    const written = await okBody(theirs, 'POST', `${path}/${id}/writings`, first)
    expect(written).toMatchObject({
      state: 'written',
      askedToWrite: false,
      updates: [{ ...first, author: report.id, version: 1 }],
    })
    await okBody(mine, 'POST', `${path}/${id}/writings`, { text: 'Thank you. Who has the 27th?' })
    const [item] = (await okBody(mine, 'GET', path)).items
    expect(item.updates.map(({ author }: { author: string }) => author)).toEqual([report.id, manager.id])

    // One's own words can be mended, nobody else's.
    const mend = (who: Visitor, version: number) =>
      who.ask('PATCH', `${path}/${id}/writings/${first.id}`, { version, text: 'The rota is nearly out.' })
    expect(refusalIn(await mend(mine, 1))).toEqual([404, 'not-found'])
    expect((await mend(theirs, 1)).body.updates[0]).toMatchObject({
      text: 'The rota is nearly out.',
      version: 2,
    })
    expect(refusalIn(await mend(theirs, 1))).toEqual([409, 'changed-meanwhile'])

    const back = await okBody(mine, 'PATCH', `${path}/${id}`, { version: item.version, state: 'open' })
    expect(back).toMatchObject({ state: 'open' })
    expect(back.updates).toHaveLength(2)
  })
})

describe('templates', () => {
  test('of the program speak for the one who takes them; own ones are kept by the two', async () => {
    const { mine, theirs, at, path, texts } = await open()
    const names = async (who: Visitor) =>
      (await okBody(who, 'GET', `${at}/agenda-templates`)).templates.map(({ name }: { name: string }) => name)
    const builtIn = ['A first 1:1', 'A growth talk', 'Back from leave', 'A skip-level']
    expect(await names(mine)).toEqual(builtIn)
    const { items } = await okBody(theirs, 'POST', `${path}/from-template`, { template: 'growth' })
    expect(items[0]).toMatchObject({
      kind: 'growth',
      text: 'What I have learned since we last talked about it',
    })
    const forMe = await okBody(mine, 'POST', `${path}/from-template`, { template: 'growth' })
    expect(forMe.items).toHaveLength(8)
    expect((await texts(mine))[4]).toBe('What would you like to be able to do in a year?')

    const own = { name: 'Before the season', items: [{ text: 'The boats', kind: 'priorities' }] }
    const { id } = await okBody(mine, 'POST', `${at}/agenda-templates`, own)
    expect(await names(theirs)).toEqual([...builtIn, 'Before the season'])
    await okBody(theirs, 'POST', `${path}/from-template`, { template: id })
    expect(await texts(mine)).toContain('The boats')
    expect((await theirs.ask('DELETE', `${at}/agenda-templates/${id}`)).status).toBe(204)
    expect(await names(mine)).toEqual(builtIn)
    const gone = await mine.ask('POST', `${path}/from-template`, { template: id })
    expect(refusalIn(gone)).toEqual([404, 'not-found'])
  })
})
