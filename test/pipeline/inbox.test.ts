import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localBus } from '../../src/live/local.ts'
import { lookIntoInbox } from '../../src/pipeline/inbox.ts'
import { insertIntakeKey } from '../../src/store/intake.ts'
import { temporaryFolder } from '../support/database.ts'
import { joinOwner, okBody, openPair } from '../support/http-seed.ts'
import { startTestProgram, type TestProgram } from '../support/program.ts'
import { talks } from '../support/talks.ts'

let program: TestProgram
beforeAll(async () => {
  program = await startTestProgram()
})
afterAll(() => program[Symbol.asyncDispose]())

test('what lies in one’s own folder is taken in once, and only where one wished for it', async () => {
  const { mine, at, meeting, manager, report } = await openPair(program, await joinOwner(program))
  await using inbox = await temporaryFolder('empty')
  await using bus = localBus()
  const held = new Date('2026-03-10T08:40:00Z')
  const put = async (person: string, name: string, text: string | Uint8Array) => {
    await mkdir(join(inbox.folder, person), { recursive: true })
    await writeFile(join(inbox.folder, person, name), text)
    await utimes(join(inbox.folder, person, name), held, held)
  }
  const look = (now = new Date()) =>
    lookIntoInbox({ database: program.database, bus, folder: inbox.folder, now })
  const names = async (...path: string[]) => (await readdir(join(inbox.folder, ...path))).toSorted()

  await put(manager.email, 'weekly.vtt', talks.zoom.text)
  await put(manager.email, 'strangers.txt', 'Ines Calder: Welcome.\nSten Berg: Hello.')
  await put(manager.email, 'empty.txt', '')
  await put(report.email, 'weekly.vtt', `${talks.zoom.text}\n`)
  await put('nobody@example.org', 'weekly.vtt', talks.zoom.text)
  await writeFile(join(inbox.folder, 'loose.vtt'), talks.zoom.text)
  await symlink(join(inbox.folder, 'loose.vtt'), join(inbox.folder, manager.email, 'elsewhere.vtt'))
  expect(await look()).toBe(0)
  expect(await names(manager.email)).toEqual(['elsewhere.vtt', 'empty.txt', 'strangers.txt', 'weekly.vtt'])

  // The wish is one's own: no route makes it for somebody else, and none without a folder that is watched.
  const wish = { kind: 'folder', name: 'The recorder', agreed: true }
  expect((await mine.ask('POST', '/api/me/intake/keys', wish)).body.error.code).toBe('no-folder')
  await program.database.asPerson(manager.id, tx =>
    tx.all(insertIntakeKey({ kind: 'folder', name: 'The recorder', tokenHash: null, secret: null })),
  )
  // One that is still being written is left alone.
  expect(await look(held)).toBe(0)
  expect(await look()).toBe(1)
  expect(await look()).toBe(0)
  expect(await names(manager.email)).toEqual(['elsewhere.vtt', 'refused', 'taken'])
  expect(await names(manager.email, 'taken')).toEqual(['strangers.txt', 'weekly.vtt'])
  expect(await names(manager.email, 'refused')).toEqual(['empty.txt'])
  expect(await names(report.email)).toEqual(['weekly.vtt'])
  expect(await names('nobody@example.org')).toEqual(['weekly.vtt'])
  const { transcripts } = await okBody(mine, 'GET', `${at}/meetings/${meeting}`)
  expect(transcripts.map(({ fileName }: { fileName: string }) => fileName)).toEqual(['weekly.vtt'])
  const { waiting } = await okBody(mine, 'GET', '/api/me/intake')
  expect(waiting.map(({ fileName }: { fileName: string }) => fileName)).toEqual(['strangers.txt'])

  // The same once more is moved along and changes nothing.
  await put(manager.email, 'weekly.vtt', talks.zoom.text)
  expect(await look()).toBe(0)
  expect(await names(manager.email, 'taken')).toHaveLength(3)
})
