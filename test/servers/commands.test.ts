import { expect, test } from 'vitest'
import { rapport } from '../support/process.ts'
import { type OwnDatabase, ownDatabase } from '../support/servers.ts'

const settings = ({ url, redisUrl }: OwnDatabase) => ({ DATABASE_URL: url, REDIS_URL: redisUrl })

test('doctor asks both servers, and says what to mend without a password', async () => {
  await using own = await ownDatabase()
  const fine = await rapport(['doctor'], { env: settings(own) })
  expect([fine.code, fine.stderr]).toEqual([0, ''])
  expect(fine.stdout).toMatch(/^ok {3}database +127\.0\.0\.1:\d+, the newest schema/m)
  expect(fine.stdout).toMatch(/^ok {3}Redis +127\.0\.0\.1:\d+, keeps every job/m)

  await using empty = await ownDatabase('empty')
  const wrong = { ...settings(empty), REDIS_URL: 'redis://:a-secret@127.0.0.1:1' }
  const { code, stdout } = await rapport(['doctor'], { env: wrong })
  expect(code).toBe(2)
  expect(stdout).toMatch(/^MEND database .*rapport -- migrate/m)
  expect(stdout).toMatch(/^MEND Redis .*cannot be reached/m)
  expect(stdout).not.toMatch(/a-secret|secret of/)

  const owner = await rapport(['doctor'], { env: { ...settings(own), DATABASE_URL: own.ownerUrl } })
  expect(owner.stdout).toMatch(/^MEND database .*row-level security does not bind/m)
})

test('recover knows the people of the servers', async () => {
  await using own = await ownDatabase()
  const { code, stderr } = await rapport(['recover', 'nobody@example.org'], { env: settings(own) })
  expect([code, stderr]).toEqual([2, expect.stringContaining('Nobody who can sign in')])
})

test.each([
  ['backup', ['all.rapport'], 'pg_dump'],
  ['restore', ['all.rapport', '--key-file', 'its-key'], 'pg_restore'],
])('%s of a folder says what to do instead', async (command, args, instead) => {
  await using own = await ownDatabase()
  const { code, stdout, stderr } = await rapport([command, ...args], { env: settings(own) })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(instead)
})
