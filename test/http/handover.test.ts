import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinMember, joinOwner, okBody, openPair, seedPair, sessionOf } from '../support/http-seed.ts'
import { canaries } from '../support/canaries.ts'
import { startTestProgram, type TestProgram } from '../support/program.ts'

let program: TestProgram
beforeAll(async () => {
  program = await startTestProgram()
})
afterAll(() => program[Symbol.asyncDispose]())

test('the report takes along what they choose; notes, feedback, quotes and the manager’s promises stay', async () => {
  const owner = await joinOwner(program)
  const { word, placesIn } = canaries()
  const old = await seedPair(program, await joinMember(program, owner, 'Ines Calder'), word)
  const mine = await sessionOf(program, old.report.id)
  const before = await sessionOf(program, old.manager.id)
  const after = await joinMember(program, owner, 'Rosa Maier')
  const made = await okBody(await sessionOf(program, owner.id), 'POST', '/api/pairs/of-others', {
    manager: after.id,
    report: old.report.id,
    timezone: 'Europe/Berlin',
  })
  const theirs = await sessionOf(program, after.id)
  const at = `/api/pairs/${old.pair}`
  const promise = async (who: string, text: string) =>
    okBody(before, 'POST', `${at}/findings`, {
      meeting: old.meeting,
      transcript: old.transcript,
      kind: 'action-item',
      text,
      owner: who,
      evidence: [],
    })
  await promise(old.report.id, 'Send the list to the mill')
  await promise(old.report.id, 'Stays behind')
  await promise(old.manager.id, 'Ask for the budget')

  const offered = await okBody(mine, 'GET', `${at}/handover`)
  expect(offered.to).toEqual([{ pair: made.id, manager: 'Rosa Maier', hasMeeting: false }])
  expect(offered.promises.map(({ text }: { text: string }) => text)).toEqual(
    expect.arrayContaining(['Send the list to the mill', 'Stays behind']),
  )
  expect(JSON.stringify(offered)).not.toContain('Ask for the budget')
  // It is not the manager's to hand over, neither the old one's nor the new one's.
  expect((await before.ask('GET', `${at}/handover`)).status).toBe(404)
  expect((await theirs.ask('GET', `${at}/handover`)).status).toBe(404)

  await okBody(mine, 'POST', `/api/pairs/${made.id}/meetings`, { local: '2026-12-01T09:00' })
  const wish = {
    to: made.id,
    goals: offered.goals.map(({ id }: { id: string }) => id),
    promises: offered.promises
      .filter(({ text }: { text: string }) => text.startsWith('Send the list'))
      .map(({ id }: { id: string }) => id),
  }
  expect(await okBody(mine, 'POST', `${at}/handover`, wish)).toEqual({
    goals: wish.goals.length,
    promises: 1,
  })
  // Once.
  expect(await okBody(mine, 'POST', `${at}/handover`, wish)).toEqual({ goals: 0, promises: 0 })
  const { goals } = await okBody(theirs, 'GET', `/api/pairs/${made.id}/growth`)
  expect(goals.map(({ text, saidBy }: { text: string; saidBy: string }) => [text, saidBy])).toEqual(
    offered.goals.map(({ text }: { text: string }) => [text, old.report.id]),
  )
  const promised = await okBody(theirs, 'GET', `/api/pairs/${made.id}/promises`)
  expect(JSON.stringify(promised)).toContain('Send the list to the mill')
  expect(JSON.stringify(promised)).not.toMatch(/Stays behind|Ask for the budget/)
  const everything = (await theirs.ask('GET', '/api/me/export')).text
  expect(placesIn(everything)).toEqual(['goal'])

  // Only into a 1:1 in which they are the report.
  const { pair: foreign } = await openPair(program, owner)
  expect((await mine.ask('POST', `${at}/handover`, { ...wish, to: foreign })).status).toBe(404)
})
