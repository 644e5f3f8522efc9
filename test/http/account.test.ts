import { expect, test } from 'vitest'
import { startTestProgram } from '../support/program.ts'

test('the first-start link makes the owner once', async () => {
  await using program = await startTestProgram()
  const link = await program.firstStart()
  const owner = await program.useLink(link!.url, { name: 'Olive', email: 'olive@example.org' })
  const me = await owner.ask('GET', '/api/me')
  expect(me.body).toMatchObject({ person: { name: 'Olive' }, owner: true, administrator: true })
  const again = await program.visitor().ask('POST', '/api/links/look', { token: link!.url.split('#')[1] })
  expect([again.status, again.body.error.code]).toEqual([404, 'link-over'])
  expect(await program.firstStart()).toBeNull()
})
