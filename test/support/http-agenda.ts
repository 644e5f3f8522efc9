import type { Expectation, Role, Stage } from './http-expectations.ts'
import { okBody, sessionOf } from './http-seed.ts'
import type { Visitor } from './program.ts'

const signedIn = ({ person }: Role) => person !== null
const halves = ({ half }: Role) => half
const pathOf = ({ pair }: Stage) => `/api/pairs/${pair}`

/** Something the asker has raised themselves: only that is theirs to change. */
const ownItem = async ({ pair, meeting, item }: Stage, asker: Visitor, may: boolean) => {
  if (!may) return { id: item, version: 1 }
  return okBody(asker, 'POST', `/api/pairs/${pair}/meetings/${meeting}/agenda`, { text: 'The roof' })
}

/** Who may ask for what of the agenda, what stands in writing, and the templates. */
export const agendaExpectations: Record<string, Expectation> = {
  'GET /api/pairs/{pair}/meetings/{meeting}/agenda': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/meetings/{meeting}/agenda': {
    may: halves,
    status: 201,
    wish: () => ({ body: { text: 'The winter stand', kind: 'priorities' } }),
  },
  'POST /api/pairs/{pair}/meetings/{meeting}/agenda/from-template': {
    may: halves,
    status: 201,
    wish: () => ({ body: { template: 'growth' } }),
  },
  'PUT /api/pairs/{pair}/meetings/{meeting}/agenda/order': {
    may: halves,
    status: 200,
    wish: ({ item }) => ({ body: { items: [item] } }),
  },
  'PATCH /api/pairs/{pair}/meetings/{meeting}/agenda/{item}': {
    may: halves,
    status: 200,
    wish: async (stage, asker, may) => {
      const { id, version } = await ownItem(stage, asker, may)
      return { ids: { item: id }, body: { version, text: 'The roof, before winter' } }
    },
  },
  'POST /api/pairs/{pair}/meetings/{meeting}/agenda/{item}/writings': {
    may: halves,
    status: 201,
    wish: () => ({ body: { text: 'The roof is done.' } }),
  },
  'PATCH /api/pairs/{pair}/meetings/{meeting}/agenda/{item}/writings/{writing}': {
    may: halves,
    status: 200,
    wish: async (stage, asker, may) => {
      if (!may) return { body: { version: 1, text: 'Not mine' } }
      const { id } = await ownItem(stage, asker, may)
      const path = `${pathOf(stage)}/meetings/${stage.meeting}/agenda/${id}/writings`
      const { updates } = await okBody(asker, 'POST', path, { text: 'Nearly done.' })
      return { ids: { item: id, writing: updates[0].id }, body: { version: 1, text: 'Done.' } }
    },
  },
  'GET /api/pairs/{pair}/agenda-templates': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/agenda-templates': {
    may: halves,
    status: 201,
    wish: () => ({ body: { name: 'Before the season', items: [{ text: 'The boats', kind: null }] } }),
  },
  'DELETE /api/pairs/{pair}/agenda-templates/{template}': {
    may: halves,
    status: 204,
    wish: async (stage, asker, may) => {
      if (!may) return {}
      const made = await okBody(asker, 'POST', `${pathOf(stage)}/agenda-templates`, {
        name: 'For one day',
        items: [{ text: 'Today', kind: null }],
      })
      return { ids: { template: made.id } }
    },
  },
  'POST /api/pairs/{pair}/search': { may: halves, status: 200, wish: () => ({ body: { query: 'stand' } }) },
  // In all one may see: for a stranger that is their own.
  'POST /api/search': { may: signedIn, status: 200, wish: () => ({ body: { query: 'stand' } }) },
  'GET /api/pairs/{pair}/rhythm': { may: halves, status: 200 },
  // Each of the two gets their own: there is no address for the other's.
  'GET /api/pairs/{pair}/mirror': { may: halves, status: 200 },
  'GET /api/pairs/{pair}/meetings/{meeting}/calendar': { may: halves, status: 200 },
  'GET /api/me/calendar': { may: signedIn, status: 200 },
  'POST /api/me/calendar': { may: signedIn, status: 201 },
  'DELETE /api/me/calendar': { may: signedIn, status: 204 },
  // Whoever has the address: calendar programs do not sign in.
  'GET /api/calendar/{file}': {
    may: () => true,
    status: 200,
    wish: async ({ program, manager }) => {
      const { url } = await okBody(await sessionOf(program, manager.id), 'POST', '/api/me/calendar')
      return { ids: { file: url.slice(url.lastIndexOf('/') + 1) } }
    },
  },
  'GET /api/me/reminders': { may: signedIn, status: 200 },
  'PATCH /api/me/reminders': { may: signedIn, status: 200, wish: () => ({ body: { ahead: true } }) },
}
