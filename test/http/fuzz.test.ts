import * as fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/domain/api/common.ts'
import { type Known, requestsAstray, requestsTo, type Sent } from '../support/http-fuzz.ts'
import { sendRaw } from '../support/http-raw.ts'
import { servedRoutes } from '../support/http-routes.ts'
import {
  joinMember,
  joinOwner,
  type Member,
  okBody,
  seedPair,
  type SeededPair,
  sessionOf,
} from '../support/http-seed.ts'
import { password, startTestProgram } from '../support/program.ts'

/**
 * Whatever is sent to a route by whomever: a documented status, errors in the one shape, never a
 * defect of ours, never another's words.
 *
 * RAPPORT_FUZZ_REQUESTS is how many requests each route gets. Without it the requests are the same
 * every time; with it they are new ones, and what they came to is printed.
 */
const asked = Number(process.env['RAPPORT_FUZZ_REQUESTS'] ?? 0)
const settings = asked > 0 ? { numRuns: asked } : { numRuns: 40, seed: 8 }
// An export reads every table: 0.1 s, several times that on a busy machine.
const patience = 60_000 + asked * 400

const program = await startTestProgram()
afterAll(() => program[Symbol.asyncDispose]())
const owner = await joinOwner(program)
const words: { readonly canary: string; readonly of: readonly Member[] }[] = []

/** A pair whose words are known by who may read them. */
const markedPair = async (manager: Member): Promise<SeededPair> => {
  const places = new Map<string, string>()
  const pair = await seedPair(program, manager, place => {
    const canary = `canary${crypto.randomUUID().replaceAll('-', '')}`
    places.set(place, canary)
    return canary
  })
  const both = [pair.manager, pair.report]
  for (const [place, canary] of places)
    words.push({
      canary,
      of: both.filter(
        (_, index) =>
          !/^(?:note|observation|draft)\b/.test(place) || (index === 0) === place.endsWith('manager'),
      ),
    })
  return pair
}
const ours = await markedPair(await joinMember(program, owner, 'Ines Calder'))
const theirs = await markedPair(await joinMember(program, owner, 'Sten Stranger'))
const people = [owner, ours.manager, ours.report, theirs.manager]

/** Mostly one's own: what is refused at the door tries nothing behind it. */
const ids = [
  'pair',
  'meeting',
  'transcript',
  'finding',
  'job',
  'item',
  'writing',
  'template',
  'draft',
  'observation',
  'feedback',
  'goal',
  'roadblock',
  'mention',
  'decision',
] as const
const idsOf = (name: (typeof ids)[number]) => [...Array<string>(4).fill(ours[name]), theirs[name]]
const known: Known = {
  ...Object.fromEntries(ids.map(name => [name, idsOf(name)])),
  mentions: idsOf('mention'),
  into: idsOf('roadblock'),
  kind: ['action-item', 'decision', 'roadblock', 'update'],
  ...Object.fromEntries(
    ['person', 'owner', 'manager', 'report'].map(name => [name, people.map(({ id }) => id)]),
  ),
  timezone: ['Europe/Berlin', 'Asia/Kathmandu'],
  local: ['2026-03-17T09:00'],
  firstMeeting: ['2026-03-29T02:30'],
  email: people.map(({ email }) => email),
  password: [password],
  current: [password],
  quote: ['I read a whole book'],
  any: [...ids.flatMap(idsOf), ...people.map(({ id }) => id)],
}
// What destroys comes last, so that the others find something to read.
const last = ['DELETE /api/pairs/{pair}/transcripts/{transcript}', 'POST /api/sample']
const routes = (await servedRoutes(program)).toSorted(
  (one, next) => last.indexOf(one.key) - last.indexOf(next.key),
)

const counts: Record<string, number> = {}
const host = new URL(program.url).host
const asker = fc.constantFrom(null, ...people, ours.manager, ours.manager, ours.report)

/** One session each, until it ends: what is sent may end it. */
const sessions = new Map<string, string>()
const cookieOf = async ({ id }: Member): Promise<string> => {
  const cookie = sessions.get(id) ?? (await sessionOf(program, id)).cookie ?? ''
  sessions.set(id, cookie)
  return cookie
}

const send = async (who: Member | null, { line, headers, body }: Sent) => {
  const answer = await sendRaw(
    program.url,
    [
      `${line} HTTP/1.1`,
      `Host: ${host}`,
      ...(who ? [`Cookie: ${await cookieOf(who)}`] : []),
      ...(headers.some(header => header.includes('Connection')) ? [] : ['Connection: close']),
      ...(body.length > 0 ? [`Content-Length: ${body.length}`] : []),
      ...headers,
    ],
    body,
  )
  if (who && answer.status === 401) sessions.delete(who.id)
  counts[answer.status] = (counts[answer.status] ?? 0) + 1
  return answer
}

const expectCivil = (who: Member | null, { status, text }: { status: number; text: string }) => {
  expect(status, text).toBeGreaterThanOrEqual(200)
  expect(status, text).toBeLessThan(500)
  if (status >= 400) ApiError.strict().parse(JSON.parse(text))
  const foreign = words.filter(
    ({ canary, of }) => text.includes(canary) && !of.some(one => one.id === who?.id),
  )
  expect(foreign).toEqual([])
}

/** The smallest request found that is not answered as it should be, and how; null when there is none. */
const defectFoundBy = async (requests: fc.Arbitrary<Sent>): Promise<string | null> => {
  const property = fc.asyncProperty(asker, requests, async (who, sent) =>
    expectCivil(who, await send(who, sent)),
  )
  const run = await fc.check(property, settings)
  return run.failed ? `${fc.defaultReportMessage(run)}\n${String(run.errorInstance)}` : null
}

describe('each route', () => {
  beforeEach(async () => {
    const administrator = await sessionOf(program, owner.id)
    for (const { id } of people.slice(1))
      await okBody(administrator, 'PATCH', `/api/people/${id}`, { state: 'active' })
  })

  test.each(routes)(
    '$key',
    async route => expect(await defectFoundBy(requestsTo(route, known))).toBeNull(),
    patience,
  )
})

test(
  'what nobody serves',
  async () => {
    const paths = [...new Set(routes.map(({ path }) => path)), '/api', '/api/docs', '/api/openapi.json']
    expect(await defectFoundBy(requestsAstray(paths))).toBeNull()
  },
  patience,
)

afterAll(() => {
  if (asked > 0) process.stdout.write(`answers by status: ${JSON.stringify(counts)}\n`)
})
