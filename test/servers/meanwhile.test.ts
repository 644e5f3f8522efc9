import { afterAll, expect, test } from 'vitest'
import { setTimeout as wait } from 'node:timers/promises'
import { joinOwner, okBody, sessionOf } from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'

/** What one process takes away while another works on it. */
const log: string[] = []
const program = await startTestProgram({ logTo: { write: line => void log.push(line) } })
afterAll(() => program[Symbol.asyncDispose]())

test('a 1:1 that is removed while its meetings are read is gone, and nobody sees a defect', async () => {
  const who = await sessionOf(program, (await joinOwner(program)).id)
  for (let delay = 0; delay < 800; delay += 100) {
    const { id } = await okBody(who, 'POST', '/api/sample')
    await wait(delay)
    expect(await who.ask('DELETE', `/api/pairs/${id}`)).toMatchObject({ status: 204 })
    expect(await who.ask('GET', `/api/pairs/${id}`)).toMatchObject({ status: 404 })
  }
  expect(log.filter(line => /"level":50|background work failed/.test(line))).toEqual([])
})
