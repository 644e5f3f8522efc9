import { existsSync } from 'node:fs'
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { backupPlace, namesIn } from '../support/backup-place.ts'
import { outcomeOf, refusedWith } from '../support/commands.ts'
import { launch, rapport, startProcess } from '../support/process.ts'
import { visitor } from '../support/program.ts'

test('a wrong key, a changed, cut or strange file is refused, and the folder stays empty', async () => {
  await using place = await backupPlace()
  await place.backup('good.rapport', '--key-file', 'key')
  const { at } = place
  const good = await readFile(at('good.rapport'))
  const middle = Math.floor(good.length / 2)
  await writeFile(at('other-key'), 'another key altogether')
  await writeFile(at('changed.rapport'), Buffer.from(good).fill(good[middle]! ^ 1, middle, middle + 1))
  await writeFile(at('cut.rapport'), good)
  await truncate(at('cut.rapport'), middle)
  // Cut where a frame ends, so that each that is left is whole.
  const frame = 4 + (good.readUInt32BE(33) & 0x7f_ff_ff_ff)
  await writeFile(at('shorter.rapport'), good.subarray(0, 33 + frame))
  await writeFile(at('longer.rapport'), Buffer.concat([good, good.subarray(33, 33 + frame)]))
  const attempts = ['changed.rapport', 'cut.rapport', 'shorter.rapport', 'longer.rapport']
  await mkdir(at('empty'))
  for (const name of attempts)
    expect(outcomeOf(await place.restore('empty', name, '--key-file', 'key')), name).toEqual(
      refusedWith('This backup is damaged or not all of it is here'),
    )
  expect(outcomeOf(await place.restore('empty', 'good.rapport', '--key-file', 'other-key'))).toEqual(
    refusedWith('This key does not open this backup'),
  )
  expect(outcomeOf(await place.restore('empty', 'key', '--key-file', 'key'))).toEqual(
    refusedWith('is no backup of Rapport'),
  )
  expect(await namesIn(at('empty'))).toEqual([])
  expect(outcomeOf(await place.restore('nowhere', 'changed.rapport', '--key-file', 'key')).code).toBe(2)
  expect(await namesIn(place.beside)).not.toContain('nowhere')
  expect((await place.restore('empty', 'good.rapport', '--key-file', 'key')).code).toBe(0)
})

test('a backup of a newer Rapport is refused before anything is written', async () => {
  await using place = await backupPlace()
  await writeFile(join(place.data, 'schema'), '9999')
  expect((await place.backup('newer.rapport', '--key-file', 'key')).code).toBe(0)
  expect(outcomeOf(await place.restore('new', 'newer.rapport', '--key-file', 'key'))).toEqual(
    refusedWith('This data was written by a newer Rapport'),
  )
  expect(await namesIn(place.beside)).not.toContain('new')
})

test('a restore that is killed leaves a folder that says so, and is no database', async () => {
  await using place = await backupPlace()
  await place.backup('all.rapport', '--key-file', 'key')
  const env = { RAPPORT_DATA: place.at('new') }
  const restoring = launch(['restore', 'all.rapport', '--key-file', 'key'], { cwd: place.beside, env })
  while (!existsSync(place.at('new/database'))) await wait(1)
  await restoring.end('SIGKILL')
  const unfinished = refusedWith(/was being restored into .* Empty the folder and restore it again\.$/)
  expect(outcomeOf(await rapport(['start'], { env: { ...env, PORT: '0' } }))).toEqual(unfinished)
  expect(outcomeOf(await rapport(['backup', 'again'], { cwd: place.beside, env }))).toEqual(unfinished)
  expect(outcomeOf(await place.restore('new', 'all.rapport', '--key-file', 'key'))).toEqual(
    refusedWith('is not empty'),
  )
})

test('a holder that makes no copy, and one that is asked for something else', async () => {
  await using place = await backupPlace()
  {
    await using held = await openEmbedded({ folder: place.data })
    expect(outcomeOf(await place.backup('all.rapport', '--key-file', 'key'))).toEqual(
      refusedWith('is in use by a program that makes no copy of it. Stop it, then try again.'),
    )
    await held.maintain()
  }
  // What a program that was killed left over is cleared away.
  await mkdir(join(place.data, 'copy-left-over'))
  await using running = await startProcess(place.data)
  expect(await namesIn(place.data)).not.toContain('copy-left-over')
  const ask = (words: string) =>
    new Promise<string>(resolve => {
      let said = ''
      const socket = createConnection(join(place.data, 'control'), () => socket.write(words))
      socket.on('data', chunk => (said += String(chunk))).once('close', () => resolve(said))
      socket.on('error', () => undefined)
    })
  expect(await ask('rm -rf /\n')).toContain('copy-failed')
  expect(await ask('{"wish":"copy","to":"/etc"}\n')).toContain('copy-failed')
  expect(await ask('x'.repeat(100_000))).toBe('')
  expect((await visitor(running.url).ask('GET', '/api/health')).status).toBe(200)
  expect(await running.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
})

test.for<[what: string, args: string[], sentence: string | RegExp]>([
  ['no file', ['restore', '--key-file', 'key'], /missing required argument 'file'/],
  ['no key', ['restore', 'all.rapport'], /required option '--key-file/],
  ['a missing backup', ['restore', 'all.rapport', '--key-file', 'key'], 'There is no file all.rapport.'],
  ['a missing key', ['backup', 'all.rapport', '--key-file', 'none'], 'The key file none is not there'],
  ['a short key', ['backup', 'all.rapport', '--key-file', 'short'], 'shorter than 12 characters'],
  [
    'a folder that is nowhere',
    ['backup', 'no/all.rapport', '--key-file', 'key'],
    'cannot be written. Check the folder',
  ],
])('%s is refused in one line', async ([, args, sentence]) => {
  await using place = await backupPlace()
  await writeFile(place.at('short'), 'short')
  const data = args[0] === 'backup' ? place.data : place.at('new')
  expect(outcomeOf(await rapport(args, { cwd: place.beside, env: { RAPPORT_DATA: data } }))).toEqual(
    refusedWith(sentence),
  )
  expect(await namesIn(place.beside)).toEqual(['key', 'short'])
})
