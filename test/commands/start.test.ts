import { createServer } from 'node:net'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { outcomeOf, refusedWith } from '../support/commands.ts'
import { temporaryFolder } from '../support/database.ts'
import { launch, rapport, startProcess } from '../support/process.ts'
import { password, visitor } from '../support/program.ts'

const useLink = (url: string, link: string | null) =>
  visitor(url).ask('POST', '/api/links/use', {
    token: link?.split('#')[1],
    password,
    name: 'Olive Owner',
    email: 'olive@example.org',
  })

test('prints the address, and the one-time link as long as nobody owns the workspace', async () => {
  await using kept = await temporaryFolder('empty')
  const first = await startProcess(kept.folder, { env: { LOG_LEVEL: 'debug' } })
  expect(first.url).toMatch(/^http:\/\/localhost:\d+$/)
  expect(first.link).toMatch(new RegExp(`^${first.url}/welcome#[\\w-]{43}$`))
  expect((await visitor(first.url).ask('GET', '/api/health')).status).toBe(200)
  const { code } = await first.end('SIGTERM')
  expect(code).toBe(0)

  // Each start makes a new link and ends the one before.
  const second = await startProcess(kept.folder, { env: { LOG_LEVEL: 'debug' } })
  expect(second.link).not.toBe(first.link)
  expect((await useLink(second.url, first.link)).status).toBe(404)
  expect((await useLink(second.url, second.link)).status).toBe(200)
  await second.end('SIGINT')

  const third = await startProcess(kept.folder)
  expect(third.link).toBeNull()
  expect(third.stdout()).not.toContain('#')
  const { code: last, stderr } = await third.end('SIGTERM')
  expect([last, stderr]).toEqual([0, ''])

  // Neither what was logged nor any file has the token.
  const files = (await readdir(kept.folder, { recursive: true, withFileTypes: true })).filter(file =>
    file.isFile(),
  )
  const words = [first, second].map(({ link }) => link?.split('#')[1] ?? '')
  const written = [first.stderr(), second.stderr()]
  for (const file of files) written.push(await readFile(join(file.parentPath, file.name), 'latin1'))
  expect(written.length).toBeGreaterThan(100)
  for (const word of words) expect(written.filter(text => text.includes(word))).toEqual([])
  expect(first.stderr()).toContain('/api/health')
})

test('through the launcher, as npm start does; its end is the program’s end', async () => {
  await using kept = await temporaryFolder()
  await using running = launch(['src/cli.ts', 'start'], {
    file: 'scripts/launch.mjs',
    env: { RAPPORT_DATA: kept.folder, PORT: '0' },
  })
  const [, url = ''] = await running.says(/Rapport is open at (\S+)\n[\s\S]*Ctrl-C stops it/)
  expect((await visitor(url).ask('GET', '/api/health')).status).toBe(200)
  expect(await running.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('a port in use says so, and leaves the folder free', async () => {
  await using kept = await temporaryFolder()
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = String(typeof address === 'object' ? address?.port : '')
  const env = { RAPPORT_DATA: kept.folder, PORT: port }
  expect(outcomeOf(await rapport(['start'], { env }))).toEqual(
    refusedWith(`Port ${port} is in use by another program. Stop that one, or choose another port with PORT`),
  )
  await new Promise(resolve => taken.close(resolve))
  await using running = await startProcess(kept.folder, { env })
  expect(running.url).toBe(`http://localhost:${port}`)
})

test.for<[what: string, args: string[], env: Record<string, string>, sentence: string | RegExp]>([
  ['an unknown option', ['--open'], {}, "unknown option '--open'"],
  ['a word too many', ['now'], {}, /too many arguments/],
  ['a setting that is none', [], { PORT: 'web' }, 'PORT: it is a number from 0 to 65535'],
  ['a folder that cannot be', [], { RAPPORT_DATA: '/dev/null/data' }, 'cannot be written. Check its owner'],
])('%s is refused in one line', async ([, args, env, sentence]) => {
  const ended = await rapport(['start', ...args], { env: { RAPPORT_DATA: '/dev/null', PORT: '0', ...env } })
  expect(outcomeOf(ended)).toEqual(refusedWith(sentence))
})

test('an address of another machine says so', async () => {
  await using kept = await temporaryFolder()
  const env = { RAPPORT_DATA: kept.folder, PORT: '0', HOST: '192.0.2.1', PUBLIC_URL: 'https://example.org' }
  expect(outcomeOf(await rapport(['start'], { env }))).toEqual(
    refusedWith('HOST 192.0.2.1 is not an address of this machine'),
  )
})

test.for<[what: string, settings: Record<string, string>, sentence: string]>([
  ['a port beyond the last', { PORT: '65536' }, 'PORT: it is a number from 0 to 65535'],
  ['a log level that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL: it is one of debug, info, warn'],
  ['an address that others reach, unprotected', { HOST: '0.0.0.0' }, 'Set PUBLIC_URL to the https address'],
  ['a plain address', { PUBLIC_URL: 'http://example.org' }, 'PUBLIC_URL: it looks like https://'],
  ['half a server', { DATABASE_URL: 'postgres://localhost/x' }, 'DATABASE_URL is set alone'],
])('%s is refused with what to write instead', ([, settings, sentence]) => {
  expect(() => readConfig(settings)).toThrow(sentence)
})

test('a blank setting is one that is not set', () => {
  expect(readConfig({ HOST: '', LOG_LEVEL: '', PORT: '', PUBLIC_URL: '' })).toEqual(readConfig({}))
})

test('without a command, or with one that is none, it says what there is', async () => {
  const [none, unknown, help] = await Promise.all([rapport([]), rapport(['strat']), rapport(['--help'])])
  expect([none.code, none.stdout, none.stderr]).toEqual([2, '', expect.stringContaining('Usage: rapport')])
  expect(outcomeOf(unknown)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: ["error: unknown command 'strat' (Did you mean start?)"],
  })
  expect([help.code, help.stderr]).toEqual([0, ''])
  expect((await rapport(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a demo leaves nothing behind, also when it is stopped before its sample is read', async () => {
  await using temporary = await temporaryFolder('empty')
  const demo = launch(['demo'], { env: { TMPDIR: temporary.folder, PORT: '0' } })
  while ((await readdir(temporary.folder, { recursive: true })).length < 500) await wait(20)
  const { code, stdout, stderr } = await demo.end('SIGTERM')
  expect([code, stdout, stderr]).toEqual([0, '', ''])
  expect(await readdir(temporary.folder)).toEqual([])
})
