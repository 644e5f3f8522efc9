import type { Expectation } from './http-expectations.ts'
import { okBody, sessionOf, startLonelyPair } from './http-seed.ts'
import { password, type Visitor } from './program.ts'

/** Keeping, erasing: who may is asked on rows of their own, for nothing is left of them. */
const halves: Expectation['may'] = ({ half }) => half

const theReport: Expectation['may'] = ({ person }, { report }) => person === report.id
const signedIn: Expectation['may'] = ({ person }) => person !== null
const madeKey = async (who: Visitor) =>
  (await okBody(who, 'POST', '/api/me/intake/keys', { kind: 'token', name: 'A program', agreed: true })).id

export const keepingExpectations: Record<string, Expectation> = {
  'GET /api/pairs/{pair}/keeping': { may: halves, status: 200 },
  'PATCH /api/pairs/{pair}/keeping': { may: halves, status: 200, wish: () => ({ body: { keepDays: 30 } }) },
  'POST /api/pairs/{pair}/meetings/{meeting}/erasure': {
    may: halves,
    status: 204,
    wish: async ({ program, manager, pair }, _asker, may) => {
      if (!may) return { body: { day: '2026-03-10' } }
      const who = await sessionOf(program, manager.id)
      const { id } = await okBody(who, 'POST', `/api/pairs/${pair}/meetings`, { local: '2026-05-05T09:00' })
      return { ids: { meeting: id }, body: { day: '2026-05-05' } }
    },
  },
  // Asked by one alone it is only asked; what either asked before is taken back first.
  'POST /api/pairs/{pair}/erasure': {
    may: halves,
    status: 200,
    wish: async ({ program, manager, report, pair }, asker) => {
      for (const half of [manager, report])
        await okBody(await sessionOf(program, half.id), 'DELETE', `/api/pairs/${pair}/erasure`)
      const me = (await asker.ask('GET', '/api/me')).body?.person?.id
      return { body: { name: me === manager.id ? report.name : manager.name } }
    },
  },
  'DELETE /api/pairs/{pair}/erasure': { may: halves, status: 204 },
  'GET /api/pairs/{pair}/handover': { may: theReport, status: 200 },
  // They have no other 1:1 to take it to: test/http/handover.test.ts has two.
  'POST /api/pairs/{pair}/handover': {
    may: theReport,
    status: 404,
    wish: ({ goal }) => ({ body: { to: crypto.randomUUID(), goals: [goal], promises: [] } }),
  },
  // Whoever has a key; without one nothing is even read.
  'POST /api/intake': { may: () => true, status: 401 },
  'POST /api/intake/{key}': {
    may: () => true,
    status: 401,
    wish: () => ({ ids: { key: crypto.randomUUID() } }),
  },
  'GET /api/me/intake': { may: signedIn, status: 200 },
  'POST /api/me/intake/keys': {
    may: signedIn,
    status: 201,
    wish: () => ({ body: { kind: 'webhook', name: 'A recorder', agreed: true } }),
  },
  'DELETE /api/me/intake/keys/{id}': {
    may: signedIn,
    status: 204,
    wish: async (_stage, asker, may) => ({ ids: { id: may ? await madeKey(asker) : crypto.randomUUID() } }),
  },
  // One's own alone: test/http/intake.test.ts has them.
  'POST /api/me/intake/files/{id}': {
    may: signedIn,
    status: 404,
    wish: ({ pair }) => ({ ids: { id: crypto.randomUUID() }, body: { pair, local: '2026-03-10T09:00' } }),
  },
  'DELETE /api/me/intake/files/{id}': {
    may: signedIn,
    status: 404,
    wish: () => ({ ids: { id: crypto.randomUUID() } }),
  },
  'GET /api/me/export': { may: ({ person }) => person !== null, status: 200 },
  'GET /api/me/export.md': { may: ({ person }) => person !== null, status: 200 },
  'POST /api/me/erasure': {
    may: ({ person }) => person !== null,
    status: 422,
    wish: () => ({ body: { name: 'Somebody else', password } }),
  },
  'POST /api/people/{person}/erasure': {
    may: ({ administrator }) => administrator,
    status: 204,
    wish: async ({ program, manager, report }, _asker, may) => {
      if (!may) return { ids: { person: report.id }, body: { name: report.name } }
      const { person } = await startLonelyPair(program, manager)
      return { ids: { person }, body: { name: 'Nils Newcomer' } }
    },
  },
}
