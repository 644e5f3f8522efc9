import { updateOfText } from '../../src/notes/document.ts'
import { shippedPrompt } from '../../src/coach/llm/prompts.ts'
import { modelRow } from '../../src/store/model-settings.ts'
import { newLink } from '../../src/store/links.ts'
import { agendaExpectations } from './http-agenda.ts'
import { failedWorkExpectations } from './http-failed-work.ts'
import { feedbackExpectations } from './http-feedback.ts'
import { ledgerExpectations } from './http-ledger.ts'
import { keepingExpectations } from './http-keeping.ts'
import { mailOf, type SeededPair, fileOf, okBody, sessionOf, startLonelyPair } from './http-seed.ts'
import { addressOf, askOnce, type Route } from './http-routes.ts'
import { password, type TestProgram, type Visitor } from './program.ts'
import { talks } from './talks.ts'

/** Somebody, seen from one pair. */
export interface Role {
  readonly name: string
  /** Null: not signed in. */
  readonly person: string | null
  /** One of the pair's two people. */
  readonly half: boolean
  readonly administrator: boolean
}

export const role = (name: string, person: string | null, half = false, administrator = false): Role => ({
  name,
  person,
  half,
  administrator,
})

export interface Stage extends SeededPair {
  readonly program: TestProgram
}

interface Wish {
  readonly ids?: Readonly<Record<string, string>> | undefined
  readonly body?: unknown
}

/** What a route does for whom. DESIGN.md: what is not yours answers 404 like what is not there, never 403. */
export interface Expectation {
  may(role: Role, stage: Stage): boolean
  /** For those who may. */
  readonly status: number
  /** For those signed in who may not; 404 where nothing is said. */
  refusal?(role: Role, stage: Stage): number
  /**
   * What the asker sends: ids beside those of the stage, and a body, made anew for every request. Who
   * `may` gets something to destroy; who may not aims at the real thing, which must still be there.
   */
  wish?(stage: Stage, asker: Visitor, may: boolean): Promise<Wish> | Wish
  /** Puts away what asking has made, where it would be in the way. */
  after?(asker: Visitor, body: any): Promise<unknown>
}

const everybody = () => true
const signedIn = ({ person }: Role) => person !== null
const halves = ({ half }: Role) => half
const administrators = ({ administrator }: Role) => administrator
const theManager = ({ person }: Role, { manager }: Stage) => person === manager.id

const asManager = ({ program, manager }: Stage) => sessionOf(program, manager.id)
const pathOf = ({ pair }: Stage) => `/api/pairs/${pair}`

/** The version a careful asker would send: what it is now, seen by somebody who may. */
const versionOf = async (stage: Stage, path: string, pick: (body: any) => { version: number } | undefined) =>
  pick(await okBody(await asManager(stage), 'GET', `${pathOf(stage)}${path}`))?.version ?? 1

const invitation = async ({ program, manager }: Stage) => {
  const { person } = await startLonelyPair(program, manager)
  const { url, statement } = newLink('invitation', person, manager.id, program.url)
  await program.database.asSystem('sign-in', tx => tx.run(statement))
  return url.slice(url.indexOf('#') + 1)
}

const newcomer = async ({ program, manager }: Stage): Promise<Wish> => {
  const { person } = await startLonelyPair(program, manager)
  return { ids: { person } }
}

const anotherFile = (local?: string) => {
  const form = fileOf('more.vtt', `${talks.zoom.text}\nNOTE ${crypto.randomUUID()}\n`)
  if (local !== undefined) form.set('local', local)
  return form
}

const account: Record<string, Expectation> = {
  'GET /api/health': { may: everybody, status: 200 },
  'POST /api/session': {
    may: everybody,
    status: 200,
    wish: ({ report }) => ({ body: { email: report.email, password } }),
  },
  'POST /api/links/look': {
    may: everybody,
    status: 200,
    wish: async stage => ({ body: { token: await invitation(stage) } }),
  },
  'POST /api/links/use': {
    may: everybody,
    status: 200,
    wish: async stage => ({ body: { token: await invitation(stage), email: mailOf('nils'), password } }),
  },
  'GET /api/session': { may: signedIn, status: 200 },
  'DELETE /api/session': { may: signedIn, status: 204 },
  'GET /api/me': { may: signedIn, status: 200 },
  'PATCH /api/me': { may: signedIn, status: 200, wish: () => ({ body: { language: 'en' } }) },
  'POST /api/me/password': {
    may: signedIn,
    status: 204,
    wish: () => ({ body: { current: password, next: password } }),
  },
  'GET /api/me/sessions': { may: signedIn, status: 200 },
  'GET /api/me/events': { may: signedIn, status: 200 },
  'DELETE /api/me/sessions/{session}': {
    may: theManager,
    status: 204,
    wish: async stage => {
      const { sessions } = await okBody(await asManager(stage), 'GET', '/api/me/sessions')
      return { ids: { session: sessions.find((session: { current: boolean }) => session.current).id } }
    },
  },
}

const directory: Record<string, Expectation> = {
  'GET /api/people': { may: administrators, status: 200 },
  'POST /api/people': { may: administrators, status: 201, wish: () => ({ body: { name: 'Nils Newcomer' } }) },
  // Somebody whose 1:1 the manager has started: an administrator's link would open the manager's words.
  'POST /api/people/{person}/invitation': {
    may: theManager,
    status: 201,
    refusal: ({ administrator }) => (administrator ? 422 : 404),
    wish: newcomer,
  },
  // The way into an account is the other half's to open, nobody's for themselves.
  'POST /api/people/{person}/recovery': {
    may: theManager,
    status: 201,
    refusal: ({ administrator, half }) => (administrator || half ? 422 : 404),
    wish: ({ report }) => ({ ids: { person: report.id } }),
  },
  'PATCH /api/people/{person}': {
    may: administrators,
    status: 200,
    wish: async (stage, _asker, may) => ({
      ids: may ? (await newcomer(stage)).ids : { person: stage.report.id },
      body: { state: 'disabled' },
    }),
  },
}

const coach: Record<string, Expectation> = {
  'GET /api/coach': { may: signedIn, status: 200 },
  'GET /api/coach/settings': { may: administrators, status: 200 },
  'PATCH /api/coach/settings': {
    may: administrators,
    status: 200,
    wish: async ({ program }) => {
      const [[row]] = await program.database.read({ kind: 'system', purpose: 'jobs' }, modelRow())
      return { body: { version: row?.version ?? 0, atOnce: 4 } }
    },
  },
  // Nothing is set that could be tried.
  'POST /api/coach/test': { may: administrators, status: 422 },
  'GET /api/pairs/{pair}/transcripts/{transcript}/runs': { may: halves, status: 200 },
  'GET /api/coach/prompts': { may: administrators, status: 200 },
  'PUT /api/coach/prompts/{prompt}': {
    may: administrators,
    status: 200,
    wish: () => ({ ids: { prompt: 'extract' }, body: { text: shippedPrompt('extract') } }),
  },
  'DELETE /api/coach/prompts/{prompt}': {
    may: administrators,
    status: 200,
    wish: () => ({ ids: { prompt: 'extract' } }),
  },
}

const pairs: Record<string, Expectation> = {
  'GET /api/pairs': { may: signedIn, status: 200 },
  'POST /api/pairs': {
    may: signedIn,
    status: 201,
    wish: () => ({ body: { me: 'manager', other: { name: 'Nils Newcomer' }, timezone: 'Europe/Berlin' } }),
  },
  'POST /api/pairs/of-others': {
    may: administrators,
    status: 201,
    wish: async stage => ({
      body: {
        manager: (await newcomer(stage)).ids?.['person'],
        report: stage.report.id,
        timezone: 'Europe/Berlin',
      },
    }),
  },
  'POST /api/sample': {
    may: signedIn,
    status: 201,
    after: (asker, { id }) => okBody(asker, 'DELETE', `/api/pairs/${id}`),
  },
  'GET /api/pairs/{pair}': { may: halves, status: 200 },
  'PATCH /api/pairs/{pair}': { may: halves, status: 200, wish: () => ({ body: { minutes: 30 } }) },
  // It is no sample: even the two may not.
  'DELETE /api/pairs/{pair}': { may: halves, status: 422 },
  'GET /api/pairs/{pair}/promises': { may: halves, status: 200 },
  'GET /api/pairs/{pair}/labels': { may: halves, status: 200 },
  'PUT /api/pairs/{pair}/labels': {
    may: halves,
    status: 200,
    wish: () => ({ body: { labels: [{ label: 'A guest', side: null }] } }),
  },
  'GET /api/pairs/{pair}/wishes': { may: halves, status: 200 },
  'PUT /api/pairs/{pair}/wishes': {
    may: halves,
    status: 200,
    wish: async ({ pair }, asker, may) => {
      const { version } = may ? await okBody(asker, 'GET', `/api/pairs/${pair}/wishes`) : { version: 0 }
      return { body: { glossary: 'Kaseeno: the booking program', wishes: '', version } }
    },
  },
  'POST /api/pairs/{pair}/meetings': {
    may: halves,
    status: 201,
    wish: () => ({ body: { local: '2026-03-24T09:00' } }),
  },
  'GET /api/pairs/{pair}/meetings/{meeting}': { may: halves, status: 200 },
  'PATCH /api/pairs/{pair}/meetings/{meeting}': {
    may: halves,
    status: 200,
    wish: async stage => ({
      body: {
        version: await versionOf(stage, `/meetings/${stage.meeting}`, page => page.meeting),
        why: 'Both were ill.',
      },
    }),
  },
  'GET /api/pairs/{pair}/meetings/{meeting}/note': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/meetings/{meeting}/note': {
    may: halves,
    status: 200,
    wish: () => ({ body: { update: Buffer.from(updateOfText('A stand.')).toString('base64') } }),
  },
  'PUT /api/pairs/{pair}/meetings/{meeting}/own-note': {
    may: halves,
    status: 200,
    wish: async ({ pair, meeting }, asker) => {
      const page = await asker.ask('GET', `/api/pairs/${pair}/meetings/${meeting}`)
      return { body: { text: 'A thought.', version: page.body?.ownNote?.version ?? 0 } }
    },
  },
}

const work: Record<string, Expectation> = {
  'POST /api/pairs/{pair}/meetings/{meeting}/transcripts': {
    may: halves,
    status: 201,
    wish: () => ({ body: anotherFile() }),
  },
  'POST /api/pairs/{pair}/transcripts': {
    may: halves,
    status: 201,
    wish: () => ({ body: anotherFile('2026-02-03T09:00') }),
  },
  'GET /api/pairs/{pair}/transcripts': { may: halves, status: 200 },
  'GET /api/pairs/{pair}/transcripts/{transcript}': { may: halves, status: 200 },
  'PATCH /api/pairs/{pair}/transcripts/{transcript}': {
    may: halves,
    status: 200,
    wish: async stage => ({
      body: {
        meeting: stage.meeting,
        version: await versionOf(stage, `/transcripts/${stage.transcript}`, review => review.transcript),
      },
    }),
  },
  'DELETE /api/pairs/{pair}/transcripts/{transcript}': {
    may: halves,
    status: 204,
    wish: async (stage, _asker, may) => {
      if (!may) return {}
      const path = `${pathOf(stage)}/meetings/${stage.meeting}/transcripts`
      const { transcript } = await okBody(await asManager(stage), 'POST', path, anotherFile())
      return { ids: { transcript: transcript.id } }
    },
  },
  'POST /api/pairs/{pair}/findings': {
    may: halves,
    status: 201,
    wish: ({ meeting, transcript }) => ({
      body: { meeting, transcript, kind: 'decision', text: 'A smaller stand.', evidence: [] },
    }),
  },
  'PATCH /api/pairs/{pair}/findings/{kind}/{finding}': {
    may: halves,
    status: 200,
    wish: async stage => ({
      ids: { kind: 'action-item' },
      body: {
        version: await versionOf(stage, `/meetings/${stage.meeting}`, page =>
          page.findings.find(({ id }: { id: string }) => id === stage.finding),
        ),
        state: 'dismissed',
      },
    }),
  },
  'GET /api/pairs/{pair}/jobs/{job}': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/jobs/{job}/retry': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/jobs/{job}/cancel': { may: halves, status: 200 },
  // Without the upgrade; with it: socket.test.ts.
  'GET /api/live': { may: signedIn, status: 426 },
}

/** By route as served: one that is missing here fails the matrix. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...account,
  ...directory,
  ...coach,
  ...pairs,
  ...agendaExpectations,
  ...feedbackExpectations,
  ...ledgerExpectations,
  ...failedWorkExpectations,
  ...keepingExpectations,
  ...work,
}

export const expectationOf = ({ key }: Route): Expectation => {
  const found = expectations[key]
  if (!found) throw new Error(`nothing says who may ask for ${key}`)
  return found
}

/** Asks for a route as somebody in a session of their own, with valid ids of the stage. */
export const askFor = async (stage: Stage, who: Role, route: Route) => {
  const { program, manager: _manager, report: _report, ...rows } = stage
  const { may, wish } = expectationOf(route)
  const asker = who.person === null ? program.visitor() : await sessionOf(program, who.person)
  const { ids, body } = (await wish?.(stage, asker, may(who, stage))) ?? {}
  const address = addressOf(route.path, { ...rows, ...ids })
  return { answer: await askOnce(asker, route.method, address, body), asker, address }
}
