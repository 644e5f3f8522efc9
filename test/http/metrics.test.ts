import { afterAll, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/services/start.ts'
import { openMetrics } from '../../src/http/metrics.ts'
import { openTestDatabase, temporaryFolder } from '../support/database.ts'
import { failedJob } from '../support/http-failed-work.ts'
import { startProcess } from '../support/process.ts'
import { password, visitor } from '../support/program.ts'
import { fillPair } from '../support/rows.ts'

/** A line of Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const comment = /^# (?:HELP [a-z_0-9]+ [^\n]+|TYPE [a-z_0-9]+ (?:counter|gauge|histogram))$/
const sample = /^[a-z_0-9]+(?:\{[a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*\})? -?[0-9.e+-]+$/
const valueIn = (text: string, line: string): number | undefined =>
  text
    .split('\n')
    .filter(one => one.startsWith(`${line} `))
    .map(one => Number(one.slice(line.length)))[0]
const asked = (port: number, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}/metrics`, { headers }).then(async answer => ({
    status: answer.status,
    text: await answer.text(),
  }))

describe('the figures of a program', () => {
  test('count answers by route and hold no word, name or id of anybody', async () => {
    await using kept = await temporaryFolder()
    const port = await freePort()
    await using program = await startProcess(kept.folder, { env: { METRICS_PORT: String(port) } })
    const who = visitor(program.url)
    const token = program.link?.split('#')[1]
    await who.ask('POST', '/api/links/use', {
      token,
      password,
      name: 'Olive Owner',
      email: 'olive@example.org',
      workspace: 'Kiln',
    })
    const { body: me } = await who.ask('GET', '/api/me')
    const canary = 'canary"}\n0123'
    await who.ask('GET', `/api/pairs/${me.person.id}/promises?q=${encodeURIComponent(canary)}`)
    await who.ask('GET', `/api/${encodeURIComponent(canary)}`)
    await who.ask('DELETE', `/${encodeURIComponent(canary)}`)
    const { status, text } = await asked(port)
    expect(status).toBe(200)
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(line.startsWith('#') ? comment : sample)
    const labels = 'method="GET",route="/api/pairs/:pair/promises",status="404"'
    expect(valueIn(text, `rapport_http_request_seconds_count{${labels}}`)).toBe(1)
    expect(valueIn(text, `rapport_http_request_seconds_bucket{${labels},le="+Inf"}`)).toBe(1)
    expect(valueIn(text, 'process_resident_memory_bytes')).toBeGreaterThan(50_000_000)
    expect(text).not.toMatch(/canary|Olive|Kiln|example\.org/)
    expect(text).not.toContain(me.person.id)
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  })
})

describe('figures for other machines', async () => {
  const database = await openTestDatabase()
  const token = 'a token of enough signs'
  const failures: unknown[] = []
  const metrics = await openMetrics({ database, port: 0, token, onError: error => void failures.push(error) })
  afterAll(async () => {
    await metrics[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  test.each([[undefined], ['Bearer'], ['Bearer another token of enough signs'], [token]])(
    'are told to nobody with %s',
    async authorization => {
      expect(await asked(metrics.port, authorization ? { authorization } : {})).toEqual({
        status: 401,
        text: '',
      })
    },
  )

  test('tell jobs by kind and state, and how long the oldest waits', async () => {
    await fillPair(database, 'one')
    await failedJob(database)
    const { status, text } = await asked(metrics.port, { authorization: `Bearer ${token}` })
    expect(status).toBe(200)
    expect(valueIn(text, 'rapport_jobs{kind="nothing",state="failed"}')).toBe(1)
    expect(valueIn(text, 'rapport_jobs{kind="read",state="ready"}')).toBe(1)
    expect(valueIn(text, 'rapport_job_waiting_seconds')).toBeGreaterThan(0)
    expect(failures).toEqual([])
  })

  test('tell pages that listen, and times in their buckets', async () => {
    metrics.listening(1)
    metrics.listening(1)
    metrics.listening(-1)
    for (const seconds of [0.004, 0.2, 30]) metrics.answered('GET', '/api/me', 200, seconds)
    const { text } = await asked(metrics.port, { authorization: `Bearer ${token}` })
    expect(valueIn(text, 'rapport_live_listeners')).toBe(1)
    const at = (le: string) =>
      valueIn(
        text,
        `rapport_http_request_seconds_bucket{method="GET",route="/api/me",status="200",le="${le}"}`,
      )
    expect([at('0.005'), at('0.1'), at('0.25'), at('10'), at('+Inf')]).toEqual([1, 1, 2, 2, 3])
  })
})
