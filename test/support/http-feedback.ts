import type { Expectation, Role, Stage } from './http-expectations.ts'
import { okBody, type Words } from './http-seed.ts'
import type { Visitor } from './program.ts'

const halves = ({ half }: Role) => half
const theManager = ({ person }: Role, { manager }: Stage) => person === manager.id
const theReport = ({ person }: Role, { report }: Stage) => person === report.id
const pathOf = ({ pair }: Stage) => `/api/pairs/${pair}`

/** Words that pass the gate. */
export const goodParts = {
  situation: 'On Saturday 14 November, at 18:00',
  behavior: 'you went home without writing down the slow boat',
  impact: 'forty people stood on the wrong quay',
}

/** A draft of the asker's own; whoever may not aims at the manager's. */
const ownDraft = async (stage: Stage, asker: Visitor, may: boolean, words: object = {}) => {
  if (!may) return { id: stage.draft, version: 1 }
  const { draft } = await okBody(asker, 'POST', `${pathOf(stage)}/feedback-drafts`, {
    rough: 'You left early.',
  })
  if (Object.keys(words).length === 0) return draft as { id: string; version: number }
  const path = `${pathOf(stage)}/feedback-drafts/${draft.id}`
  return (await okBody(asker, 'PATCH', path, { version: 1, ...words })).draft as {
    id: string
    version: number
  }
}

const ownGoal = async (stage: Stage, asker: Visitor, may: boolean) =>
  may
    ? okBody(asker, 'POST', `${pathOf(stage)}/goals`, { kind: 'skill', text: 'Splicing' })
    : { id: stage.goal, version: 1 }

/** Who may ask for what of feedback and growth. */
export const feedbackExpectations: Record<string, Expectation> = {
  'GET /api/pairs/{pair}/feedback': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/observations': {
    may: halves,
    status: 201,
    wish: () => ({ body: { on: '2026-03-09', text: 'The handover page was empty.' } }),
  },
  'DELETE /api/pairs/{pair}/observations/{observation}': {
    may: halves,
    status: 204,
    wish: async (stage, asker, may) => {
      if (!may) return {}
      const body = { on: '2026-03-09', text: 'For a moment.' }
      return { ids: { observation: (await okBody(asker, 'POST', `${pathOf(stage)}/observations`, body)).id } }
    },
  },
  // Only whom it was given to: the seeded one goes down.
  'PATCH /api/pairs/{pair}/feedback/{feedback}': {
    may: theReport,
    status: 200,
    refusal: ({ half }) => (half ? 422 : 404),
    wish: async (stage, asker, may) => {
      if (!may) return { body: { version: 1, state: 'acknowledged' } }
      const { received } = await okBody(asker, 'GET', `${pathOf(stage)}/feedback`)
      return { body: { version: received[0].version, state: 'acknowledged', answer: 'I read it.' } }
    },
  },
  'POST /api/pairs/{pair}/feedback-requests': {
    may: theManager,
    status: 201,
    refusal: ({ half }) => (half ? 422 : 404),
    wish: () => ({ body: { question: 'What could I do about the Saturdays?' } }),
  },
  'POST /api/pairs/{pair}/feedback-drafts': {
    may: halves,
    status: 201,
    wish: () => ({ body: { rough: 'You left early on Friday.' } }),
  },
  // A draft is its writer's alone: the other half meets a 404 like anybody.
  'GET /api/pairs/{pair}/feedback-drafts/{draft}': { may: theManager, status: 200 },
  'PATCH /api/pairs/{pair}/feedback-drafts/{draft}': {
    may: theManager,
    status: 200,
    wish: async (stage, asker, may) => {
      const { id, version } = await ownDraft(stage, asker, may)
      return { ids: { draft: id }, body: { version, rough: 'You left at noon on Friday.' } }
    },
  },
  'DELETE /api/pairs/{pair}/feedback-drafts/{draft}': {
    may: theManager,
    status: 204,
    wish: async (stage, asker, may) => ({ ids: { draft: (await ownDraft(stage, asker, may)).id } }),
  },
  'POST /api/pairs/{pair}/feedback-drafts/{draft}/send': {
    may: theManager,
    status: 201,
    wish: async (stage, asker, may) => {
      const { id, version } = await ownDraft(stage, asker, may, goodParts)
      return { ids: { draft: id }, body: { version } }
    },
  },
  // No model is set there: the answer says so, and nobody is asked.
  'POST /api/pairs/{pair}/feedback-drafts/{draft}/sorted': { may: theManager, status: 200 },
  'GET /api/pairs/{pair}/growth': { may: halves, status: 200 },
  'POST /api/pairs/{pair}/goals': {
    may: halves,
    status: 201,
    wish: () => ({ body: { kind: 'stretch', text: 'Chair the crew consultation', day: '2026-12-03' } }),
  },
  'PATCH /api/pairs/{pair}/goals/{goal}': {
    may: halves,
    status: 200,
    wish: async (stage, asker, may) => {
      const { id, version } = await ownGoal(stage, asker, may)
      return { ids: { goal: id }, body: { version, state: 'done' } }
    },
  },
  'POST /api/pairs/{pair}/goals/{goal}/check-ins': {
    may: halves,
    status: 201,
    wish: async (stage, asker, may) => ({
      ids: { goal: (await ownGoal(stage, asker, may)).id },
      body: { on: '2026-03-09', text: 'Three questions are written.' },
    }),
  },
}

/** Feedback given down, a draft, a thing noticed, a question and a goal with a check-in. */
export const seedFeedback = async (mine: Visitor, theirs: Visitor, pair: string, word: Words) => {
  const noticed = { on: '2026-03-09', text: `The ${word('observation of the manager')} was not on the page.` }
  const { id: observation } = await okBody(mine, 'POST', `${pair}/observations`, noticed)
  await okBody(theirs, 'POST', `${pair}/observations`, {
    on: '2026-03-09',
    text: `The ${word('observation of the report')} came early.`,
  })
  await okBody(theirs, 'POST', `${pair}/feedback-drafts`, {
    rough: `You ${word('draft of the report')} again.`,
  })
  const { draft } = await okBody(mine, 'POST', `${pair}/feedback-drafts`, {
    rough: `You forgot the ${word('draft of the manager')} on Friday.`,
  })
  const toSend = (await okBody(mine, 'POST', `${pair}/feedback-drafts`, { rough: 'You left early.' })).draft
  const parts = { ...goodParts, impact: `forty people and the ${word('feedback')} stood on the wrong quay` }
  const ready = await okBody(mine, 'PATCH', `${pair}/feedback-drafts/${toSend.id}`, { version: 1, ...parts })
  const sent = await okBody(mine, 'POST', `${pair}/feedback-drafts/${toSend.id}/send`, {
    version: ready.draft.version,
  })
  await okBody(mine, 'POST', `${pair}/feedback-requests`, { question: `What about the ${word('question')}?` })
  const goal = await okBody(theirs, 'POST', `${pair}/goals`, {
    kind: 'goal',
    text: `Lead the ${word('goal')} review`,
  })
  await okBody(theirs, 'POST', `${pair}/goals/${goal.id}/check-ins`, {
    on: '2026-03-09',
    text: `The ${word('check-in')} is written.`,
  })
  return {
    observation: observation as string,
    draft: draft.id as string,
    feedback: sent.id as string,
    goal: goal.id as string,
  }
}
