import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  askFor,
  type Expectation,
  expectationOf,
  expectations,
  type Role,
  role,
  type Stage,
} from '../support/http-expectations.ts'
import { askOnce, type Route, servedRoutes } from '../support/http-routes.ts'
import { joinAdministrator, joinMember, joinOwner, seedPair, sessionOf } from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'

/**
 * Every served route, asked by everybody who could stand before a pair, with that pair's own ids. The
 * refusals come first and must leave nothing behind; then those who may, each on a copy of its own
 * where asking destroys something.
 */
const program = await startTestProgram()
afterAll(() => program[Symbol.asyncDispose]())
const routes = await servedRoutes(program)

const owner = await joinOwner(program)
const administrator = await joinAdministrator(program, owner, 'Ada Admin')
const manager = await joinMember(program, owner, 'Ines Calder')
const ours = { ...(await seedPair(program, manager, place => place)), program }
const owners = { ...(await seedPair(program, owner, place => `the owner’s ${place}`)), program }

const stages: readonly (readonly [string, Stage, readonly Role[]])[] = [
  [
    'a pair of two members',
    ours,
    [
      role('anonymous', null),
      role('its manager', manager.id, true),
      role('its report', ours.report.id, true),
      role('somebody of another pair', owners.report.id),
      role('an administrator', administrator.id, false, true),
      role('the owner of the workspace', owner.id, false, true),
    ],
  ],
  [
    'a pair whose manager owns the workspace',
    owners,
    [
      role('anonymous', null),
      role('the owner, its manager', owner.id, true, true),
      role('its report', owners.report.id, true),
      role('somebody of another pair', manager.id),
      role('an administrator', administrator.id, false, true),
    ],
  ],
]

/** Asks with valid ids of the stage; GET is asked for as HEAD too. */
const askAs = async (stage: Stage, who: Role, route: Route) => {
  const { answer, asker, address } = await askFor(stage, who, route)
  const head = route.method === 'GET' ? await askOnce(asker, 'HEAD', address) : null
  if (head && (head.status !== answer.status || head.text !== ''))
    throw new Error(`${who.name}: HEAD ${address} answers ${head.status} ${head.text}`)
  const { status, after } = expectationOf(route)
  if (answer.status === status) await after?.(asker, answer.body)
  return answer
}

const refusalOf = (stage: Stage, who: Role, { refusal }: Expectation): number =>
  who.person === null ? 401 : (refusal?.(who, stage) ?? 404)

/** Everything the two can see of their pair, and the account of each. */
const stateOf = async ({ pair, meeting, transcript, job, ...stage }: Stage) => {
  const paths = [
    '',
    `/meetings/${meeting}`,
    `/meetings/${meeting}/agenda`,
    '/agenda-templates',
    `/transcripts/${transcript}`,
    '/promises',
    '/roadblocks',
    '/labels',
    `/jobs/${job}`,
  ]
  const seen: unknown[] = []
  for (const half of [stage.manager, stage.report]) {
    const who = await sessionOf(program, half.id)
    for (const path of paths) seen.push((await who.ask('GET', `/api/pairs/${pair}${path}`)).body)
    seen.push((await who.ask('GET', '/api/me')).body)
  }
  return seen
}

test('every served route has an expectation, and every expectation a route', () => {
  expect(routes.length).toBeGreaterThan(40)
  expect(Object.keys(expectations).toSorted()).toEqual(routes.map(({ key }) => key).toSorted())
})

describe.each(stages)('%s: who may not', (_name, stage, roles) => {
  let before: unknown
  let notThere: string
  beforeAll(async () => {
    before = await stateOf(stage)
    const who = await sessionOf(program, stage.manager.id)
    notThere = (await who.ask('GET', `/api/pairs/${crypto.randomUUID()}`)).text
  })

  test.each(routes)('$key', async route => {
    const expectation = expectationOf(route)
    for (const who of roles.filter(candidate => !expectation.may(candidate, stage))) {
      const answer = await askAs(stage, who, route)
      expect([who.name, answer.status]).toEqual([who.name, refusalOf(stage, who, expectation)])
      expect(answer.body.error.code, who.name).toMatch(/^(?:signed-out|not-found|\w+-not-yours)$/)
      // Not yours and not there are one answer, to the letter.
      expect(answer.status === 404 ? answer.text : notThere, who.name).toBe(notThere)
    }
  })

  test('nothing of it has happened', async () => {
    expect(await stateOf(stage)).toEqual(before)
  })
})

describe.each(stages)('%s: who may', (_name, stage, roles) => {
  test.each(routes)('$key', async route => {
    const expectation = expectationOf(route)
    for (const who of roles.filter(candidate => expectation.may(candidate, stage))) {
      const answer = await askAs(stage, who, route)
      expect([who.name, answer.status, answer.text]).toEqual([who.name, expectation.status, answer.text])
    }
  })
})

describe('what the document leaves out', () => {
  test.each([
    ['/api/openapi.json', 200, 200],
    ['/api/docs', 401, 200],
    ['/api/docs/json', 401, 200],
    ['/api', 401, 404],
    ['/api/nothing/here', 401, 404],
  ])('%s', async (path, anonymous, signedIn) => {
    const who = await sessionOf(program, manager.id)
    const statuses = [await program.visitor().ask('GET', path), await who.ask('GET', path)]
    expect(statuses.map(({ status }) => status)).toEqual([anonymous, signedIn])
  })

  test('everything under /api but what is said to be public asks for a session', async () => {
    const open = Object.entries(expectations).filter(([, { may }]) => may(role('anonymous', null), ours))
    expect(open.map(([key]) => key)).toEqual([
      'GET /api/health',
      'POST /api/session',
      'POST /api/links/look',
      'POST /api/links/use',
      'GET /api/calendar/{file}',
      'POST /api/intake',
      'POST /api/intake/{key}',
    ])
  })
})
