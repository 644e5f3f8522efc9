import { afterAll, describe, expect, test } from 'vitest'
import { goodParts } from '../support/http-feedback.ts'
import { joinOwner, okBody, openPair } from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'

const program = await startTestProgram()
afterAll(() => program[Symbol.asyncDispose]())
const { at, mine, theirs, meeting } = await openPair(program, await joinOwner(program))

describe('feedback', () => {
  test('a draft is filled from the rough words, marked, and sent when its parts stand unmarked', async () => {
    const rough =
      'He is careless. On Saturday he went home without filling in the page. The crew sent forty people away.'
    const { draft, gate } = await okBody(mine, 'POST', `${at}/feedback-drafts`, { rough })
    expect(gate.marks).toMatchObject([{ kind: 'trait', words: 'careless' }])
    expect(gate.suggested).toMatchObject({
      situation: 'On Saturday',
      behavior: 'you went home without filling in the page',
      impact: 'The crew sent forty people away',
    })
    const path = `${at}/feedback-drafts/${draft.id}`
    const early = await mine.ask('POST', `${path}/send`, { version: draft.version })
    expect([early.status, early.body.error.code]).toEqual([422, 'feedback-not-ready'])
    const marked = await okBody(mine, 'PATCH', path, {
      version: 1,
      ...goodParts,
      behavior: 'you were sloppy and went home',
    })
    expect(marked.gate).toMatchObject({
      mayBeSent: false,
      partMarks: [{ part: 'behavior', words: 'sloppy' }],
    })
    const meant = await okBody(mine, 'PATCH', path, { version: 2, meantOtherwise: ['sloppy'] })
    expect(meant.gate.mayBeSent).toBe(true)
    expect((await theirs.ask('GET', path)).status).toBe(404)
    expect((await okBody(theirs, 'GET', `${at}/feedback`)).received).toEqual([])
    const sent = await okBody(mine, 'POST', `${path}/send`, { version: 3 })
    expect(sent).toMatchObject({ direction: 'down', state: 'shared' })
    expect((await mine.ask('GET', path)).status).toBe(404)
    const { received } = await okBody(theirs, 'GET', `${at}/feedback`)
    expect(received).toEqual([sent])
  })

  test('whom it was given to acknowledges, answers and acts; nobody else', async () => {
    const [given] = (await okBody(mine, 'GET', `${at}/feedback`)).given
    const path = `${at}/feedback/${given.id}`
    const own = await mine.ask('PATCH', path, { version: given.version, state: 'acknowledged' })
    expect([own.status, own.body.error.code]).toEqual([422, 'feedback-not-yours'])
    const read = await okBody(theirs, 'PATCH', path, { version: 1, state: 'acknowledged', answer: 'I will.' })
    expect(read).toMatchObject({
      state: 'acknowledged',
      answer: 'I will.',
      answeredAt: expect.any(String),
      actedAt: null,
    })
    expect((await theirs.ask('PATCH', path, { version: 1, state: 'acted-on' })).status).toBe(409)
    const acted = await okBody(theirs, 'PATCH', path, { version: 2, state: 'acted-on' })
    expect(acted).toMatchObject({ state: 'acted-on', answer: 'I will.', actedAt: expect.any(String) })
  })

  test('upward: asked, told, owed an answer, answered; places to start are the report’s alone', async () => {
    const refused = await theirs.ask('POST', `${at}/feedback-requests`, { question: 'How am I?' })
    expect(refused.status).toBe(422)
    const asked = await okBody(mine, 'POST', `${at}/feedback-requests`, { question: 'What about Saturdays?' })
    await okBody(theirs, 'POST', `${at}/observations`, {
      on: '2026-03-09',
      text: 'The rota came on Sunday night.',
    })
    const before = await okBody(theirs, 'GET', `${at}/feedback`)
    expect(before.upward).toMatchObject([
      { text: 'What you noted on 9 March', sources: [{ id: before.observations[0].id }] },
    ])
    const { draft } = await okBody(theirs, 'POST', `${at}/feedback-drafts`, { request: asked.id })
    await okBody(theirs, 'PATCH', `${at}/feedback-drafts/${draft.id}`, { version: 1, ...goodParts })
    const up = await okBody(theirs, 'POST', `${at}/feedback-drafts/${draft.id}/send`, { version: 2 })
    expect(up).toMatchObject({ direction: 'up', request: asked.id })
    const managers = await okBody(mine, 'GET', `${at}/feedback`)
    expect(managers).toMatchObject({
      reminder: 'answer',
      upward: [],
      observations: [],
      received: [{ id: up.id }],
    })
    await okBody(mine, 'PATCH', `${at}/feedback/${up.id}`, { version: 1, state: 'acknowledged' })
    expect((await okBody(mine, 'GET', `${at}/feedback`)).reminder).not.toBe('answer')
  })
})

test('growth: a goal, a check-in starts the clock, and it can be put on the agenda', async () => {
  const goal = await okBody(theirs, 'POST', `${at}/goals`, {
    kind: 'stretch',
    text: 'Chair the consultation',
    day: '2026-03-20',
  })
  expect((await okBody(mine, 'GET', `${at}/growth`)).clock.last).toBe(null)
  const seen = await okBody(mine, 'POST', `${at}/goals/${goal.id}/check-ins`, {
    on: '2026-03-01',
    text: 'Three questions.',
  })
  expect(seen.checkIns).toMatchObject([{ on: '2026-03-01', text: 'Three questions.' }])
  expect((await okBody(theirs, 'GET', `${at}/growth`)).clock.last).toMatchObject({
    on: '2026-03-01',
    because: 'check-in',
  })
  const done = await okBody(theirs, 'PATCH', `${at}/goals/${goal.id}`, { version: 1, state: 'done' })
  expect(done).toMatchObject({ state: 'done', day: '2026-03-20', version: 2 })
  await okBody(mine, 'POST', `${at}/meetings/${meeting}/agenda`, {
    text: 'Where Tomasz wants to go',
    kind: 'growth',
  })
})
