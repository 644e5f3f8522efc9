import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { linesOf, outcomeOf, refusedWith } from '../support/commands.ts'
import { temporaryFolder } from '../support/database.ts'
import { rapport, startProcess } from '../support/process.ts'
import { visitor } from '../support/program.ts'

const Checks = z.strictObject({
  checks: z.array(z.strictObject({ subject: z.string(), ok: z.boolean(), says: z.string().min(1) })),
})
/** What it says, by subject. */
const examined = async (env: Record<string, string>, ...args: string[]) => {
  const ended = await rapport(['doctor', '--json', ...args], { env })
  const [answer] = linesOf(ended, Checks)
  const checks = answer?.checks ?? []
  const said = Object.fromEntries(
    checks.map(({ subject, ok, says }) => [subject, `${ok ? 'ok' : 'mend'}: ${says}`]),
  )
  expect([ended.code, ended.stderr]).toEqual([checks.every(({ ok }) => ok) ? 0 : 2, ''])
  return said
}

test('says what is configured, in lines and as JSON', async () => {
  await using kept = await temporaryFolder()
  const env = { RAPPORT_DATA: kept.folder }
  const said = await examined(env, '--llm')
  expect(said).toMatchObject({
    Node: `ok: ${process.version}`,
    search: 'ok: bundled model present',
    settings: 'ok: embedded, at http://localhost:7117',
    data: `ok: ${kept.folder}`,
    disk: expect.stringMatching(/^ok: \d+ MB free$/),
    coach: expect.stringContaining('offline'),
    model: expect.stringContaining('the environment names none'),
  })
  const { code, stdout, stderr } = await rapport(['doctor'], { env })
  expect([code, stderr]).toEqual([0, ''])
  const subjects = stdout
    .split('\n')
    .slice(0, -1)
    .map(line => /^ok {3}(\w+) +\S/.exec(line)?.[1])
  expect(subjects).toEqual(Object.keys(said).filter(subject => subject !== 'model'))
})

test('looks at a folder without touching it or taking its lock', async () => {
  await using kept = await temporaryFolder()
  const nowhere = join(kept.folder, 'not', 'yet')
  expect((await examined({ RAPPORT_DATA: nowhere }))['data']).toBe(`ok: ${nowhere}, made at the first start`)
  // Asked as often as can be while another starts, it stands in nobody's way.
  const starting = startProcess(kept.folder)
  const asking = Array.from({ length: 4 }, () => examined({ RAPPORT_DATA: kept.folder }))
  await using running = await starting
  await Promise.all(asking)
  expect((await examined({ RAPPORT_DATA: kept.folder }))['data']).toBe(
    `ok: ${kept.folder}, in use by process ${running.child.pid}`,
  )
  expect((await visitor(running.url).ask('GET', '/api/health')).status).toBe(200)
  await running.end('SIGKILL')
  expect((await examined({ RAPPORT_DATA: kept.folder }))['data']).toBe(`ok: ${kept.folder}`)
})

test('says what to mend, and ends with 2', async () => {
  await using kept = await temporaryFolder()
  const newer = join(kept.folder, 'newer')
  const damaged = join(kept.folder, 'damaged')
  for (const folder of [newer, damaged])
    await cp(join(kept.folder, 'database'), join(folder, 'database'), { recursive: true })
  await writeFile(join(newer, 'schema'), '9999')
  await rm(join(damaged, 'database', 'PG_VERSION'))
  const data = async (folder: string) => (await examined({ RAPPORT_DATA: folder }))['data']
  expect(await data(newer)).toMatch(/^mend: This data was written by a newer Rapport\. Start that version/)
  expect(await data(damaged)).toMatch(/^mend: The database in .* is damaged.* restore a backup/)
  expect(await data('/dev/null/data')).toBe('mend: /dev/null is no folder: set RAPPORT_DATA')
  expect(await data(join(newer, 'schema'))).toMatch(/^mend: .*schema is no folder: set RAPPORT_DATA$/)
  const settings = async (env: Record<string, string>) => (await examined(env))['settings']
  expect(await settings({ PORT: '70000' })).toMatch(/^mend: PORT: it is a number from 0 to 65535/)
  expect(await settings({ HOST: '0.0.0.0' })).toMatch(/^mend: HOST is 0\.0\.0\.0.* Set PUBLIC_URL/)
  expect(await settings({ REDIS_URL: 'redis://localhost' })).toMatch(/^mend: REDIS_URL is set alone/)
})

test('an unknown option is refused in one line', async () => {
  expect(outcomeOf(await rapport(['doctor', '--jsn']))).toEqual(
    refusedWith("unknown option '--jsn' (Did you mean --json?)"),
  )
})
