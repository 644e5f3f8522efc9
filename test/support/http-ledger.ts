import type { Expectation, Role, Stage } from './http-expectations.ts'
import { okBody } from './http-seed.ts'
import type { Visitor } from './program.ts'

const halves = ({ half }: Role) => half
const pathOf = ({ pair }: Pick<Stage, 'pair'>) => `/api/pairs/${pair}`

/** A roadblock that somebody marks by hand: a thread of one mention. */
export const addRoadblock = async (
  who: Visitor,
  { pair, meeting }: { readonly pair: string; readonly meeting: string },
  text: string,
): Promise<{ roadblock: string; mention: string }> => {
  const at = `/api/pairs/${pair}`
  const wish = { meeting, transcript: null, kind: 'roadblock', text, evidence: [] }
  const { id: mention } = await okBody(who, 'POST', `${at}/findings`, wish)
  const { roadblocks } = await okBody(who, 'GET', `${at}/roadblocks`)
  const roadblock = roadblocks.find((one: { text: string }) => one.text === text).id
  return { roadblock, mention }
}

const fresh = (asker: Visitor, stage: Stage) =>
  addRoadblock(asker, stage, `The gate is shut again, ${crypto.randomUUID()}`)
const decided = { choice: 'remove', what: 'Ask the harbour for a key.' }

/** Who may ask for what of roadblocks: the two, and nobody else. */
export const ledgerExpectations: Record<string, Expectation> = {
  'GET /api/pairs/{pair}/brief': { may: halves, status: 200 },
  'GET /api/pairs/{pair}/topics': { may: halves, status: 200 },
  'PUT /api/pairs/{pair}/topics/waved': {
    may: halves,
    status: 204,
    wish: () => ({ body: { key: 'growth', away: true } }),
  },
  'GET /api/pairs/{pair}/roadblocks': { may: halves, status: 200 },
  'GET /api/pairs/{pair}/roadblocks/{roadblock}': { may: halves, status: 200 },
  'PATCH /api/pairs/{pair}/roadblocks/{roadblock}': {
    may: halves,
    status: 200,
    wish: async (stage, asker, may) =>
      may
        ? {
            ids: { roadblock: (await fresh(asker, stage)).roadblock },
            body: { version: 1, state: 'resolved' },
          }
        : { body: { version: 1, state: 'resolved' } },
  },
  'POST /api/pairs/{pair}/roadblocks/{roadblock}/decisions': {
    may: halves,
    status: 201,
    wish: () => ({ body: decided }),
  },
  'DELETE /api/pairs/{pair}/roadblocks/{roadblock}/decisions/{decision}': {
    may: halves,
    status: 200,
    wish: async (stage, asker, may) => {
      if (!may) return {}
      const { roadblock } = await fresh(asker, stage)
      const path = `${pathOf(stage)}/roadblocks/${roadblock}/decisions`
      const { decision } = await okBody(asker, 'POST', path, decided)
      return { ids: { roadblock, decision: decision.id } }
    },
  },
  'POST /api/pairs/{pair}/roadblocks/{roadblock}/split': {
    may: halves,
    status: 201,
    wish: async (stage, asker, may) => {
      if (!may) return { body: { mentions: [stage.mention] } }
      const [one, other] = [await fresh(asker, stage), await fresh(asker, stage)]
      const path = `${pathOf(stage)}/roadblocks/${other.roadblock}/merge`
      await okBody(asker, 'POST', path, { into: one.roadblock })
      return { ids: { roadblock: one.roadblock }, body: { mentions: [other.mention] } }
    },
  },
  'POST /api/pairs/{pair}/roadblocks/{roadblock}/merge': {
    may: halves,
    status: 200,
    wish: async (stage, asker, may) => {
      if (!may) return { body: { into: crypto.randomUUID() } }
      const one = await fresh(asker, stage)
      return { ids: { roadblock: one.roadblock }, body: { into: (await fresh(asker, stage)).roadblock } }
    },
  },
}
