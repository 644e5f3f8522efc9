import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  CoachSettings,
  CoachSettingsChange,
  CoachState,
  PromptChange,
  PromptList,
  PromptView,
  RunList,
  Verdicts,
} from '../domain/api/coach.ts'
import { Id } from '../domain/api/common.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { recordAudit } from '../store/audit.ts'
import { asPerson, asSystem } from '../store/database.ts'
import {
  forgetModelKey,
  forgetPauses,
  modelKey,
  modelRow,
  type ModelRow,
  noModelRow,
  ownPrompts,
  useOwnPrompt,
  useShippedPrompt,
  writeModelKey,
  writeModelRow,
} from '../store/model-settings.ts'
import { modelPause, modelSpent } from '../store/model-use.ts'
import { runsOfTranscript } from '../store/runs.ts'
import { transcriptById } from '../store/transcripts.ts'
import { vectorsWaiting } from '../store/vector-use.ts'
import type { Dependencies } from './dependencies.ts'

const OfTranscript = z.object({ pair: Id, transcript: Id })
const NamedPrompt = z.object({ prompt: z.string().max(60) })
const administrator = { administrator: true } as const
/** The variable behind each field that the environment may settle. */
const variables = {
  baseUrl: 'LLM_BASE_URL',
  model: 'LLM_MODEL',
  fallbackModel: 'LLM_FALLBACK_MODEL',
  embeddingModel: 'LLM_EMBEDDING_MODEL',
  context: 'LLM_CONTEXT',
} as const

/** Which engine reads, at which address, for how much, and with which words it is asked. */
export const coach: FastifyPluginAsyncZod<Dependencies> = async (app, { database, coach: desk }) => {
  /** What counts: the environment's before the row's. */
  const settled = (row: ModelRow): ModelRow => {
    const outside = desk.environment
    if (!outside) return row
    return {
      ...row,
      baseUrl: outside.baseUrl,
      model: outside.model,
      fallbackModel: outside.fallbackModel ?? row.fallbackModel,
      embeddingModel: outside.embeddingModel ?? row.embeddingModel,
      context: outside.context ?? row.context,
    }
  }
  const pauseOf = async (baseUrl: string | null) => {
    if (baseUrl === null) return { paused: null, pausedSeconds: null }
    const [[pause]] = await database.read(asSystem('jobs'), modelPause(baseUrl))
    return pause && pause.seconds > 0
      ? { paused: pause.reason, pausedSeconds: pause.seconds }
      : { paused: null, pausedSeconds: null }
  }
  const settings = async (): Promise<CoachSettings> => {
    const [[row = noModelRow], [key], [spent], [vectors]] = await database.read(
      asSystem('jobs'),
      modelRow(),
      modelKey(),
      modelSpent(null),
      vectorsWaiting(),
    )
    const counts = settled(row)
    const fromEnvironment = Object.fromEntries(
      Object.entries(variables).filter(
        ([field]) => desk.environment?.[field as keyof typeof variables] != null,
      ),
    )
    return {
      ...counts,
      hasKey: desk.environment ? desk.hasKey : key !== undefined,
      fromEnvironment: desk.environment ? { ...fromEnvironment, key: 'LLM_API_KEY' } : {},
      spentThisMonth: spent?.month ?? 0,
      tokensToday: spent?.day ?? 0,
      vectorsWaiting: vectors?.waiting ?? 0,
      ...(await pauseOf(counts.baseUrl)),
    }
  }

  app.get('/api/coach', { schema: { response: { 200: CoachState } } }, async () => {
    const [[row = noModelRow]] = await database.read(asSystem('jobs'), modelRow())
    const { engine, baseUrl, model } = settled(row)
    const asked = engine === 'llm' && baseUrl !== null && model !== null
    const state: CoachState = {
      engine: asked ? 'llm' : 'offline',
      ...(await pauseOf(asked ? baseUrl : null)),
    }
    return state
  })

  app.get(
    '/api/coach/settings',
    { config: administrator, schema: { response: { 200: CoachSettings } } },
    settings,
  )

  app.patch(
    '/api/coach/settings',
    { config: administrator, schema: { body: CoachSettingsChange, response: { 200: CoachSettings } } },
    async request => {
      const { key, version, ...change } = request.body
      const me = request.person.id
      for (const field of [...Object.keys(change), ...(key === undefined ? [] : ['key'])])
        if (field in (await settings()).fromEnvironment)
          throw new Refusal(
            'set-by-environment',
            422,
            'This is set where Rapport is started. Change it there.',
            {
              field,
            },
          )
      const [[row = noModelRow]] = await database.read(asSystem('jobs'), modelRow())
      const next = { ...row, ...given(change), version }
      await database.asPerson(me, async tx => {
        if (row.version !== version || !(await tx.first(writeModelRow(next))))
          throw new Refusal('changed-meanwhile', 409, 'Somebody else has changed this meanwhile. Look again.')
        await tx.run(recordAudit({ subject: me, action: 'coach-changed' }))
      })
      // A key belongs to the address it was given for: another address does not get it.
      const moved = next.baseUrl !== row.baseUrl && key === undefined
      await database.asSystem('jobs', tx =>
        tx.run(
          forgetPauses(),
          ...(key === null || moved
            ? [forgetModelKey()]
            : typeof key === 'string'
              ? [writeModelKey(key)]
              : []),
        ),
      )
      return settings()
    },
  )

  /** Takes as long as the model does; one at a time, for each sends some 14,000 tokens. */
  let testing = false
  app.post(
    '/api/coach/test',
    { config: administrator, schema: { response: { 200: Verdicts } } },
    async request => {
      if (testing) throw new Refusal('test-under-way', 409, 'A test is under way. Wait for its end.')
      testing = true
      try {
        const gone = new AbortController()
        request.raw.socket.once('close', () => gone.abort(new Refusal('gone', 499, 'Nobody waits for it.')))
        const { hasKey: _, fromEnvironment: __, ...row } = await settings()
        const verdicts = await desk.test(row, gone.signal)
        if (!verdicts) throw new Refusal('model-not-set', 422, 'Fill in the address and the model first.')
        return { verdicts: [...verdicts] }
      } finally {
        testing = false
      }
    },
  )

  app.get(
    '/api/pairs/:pair/transcripts/:transcript/runs',
    { schema: { params: OfTranscript, response: { 200: RunList } } },
    async request => {
      const { pair, transcript } = request.params
      const [[found], runs] = await database.read(
        asPerson(request.person.id),
        transcriptById(pair, transcript),
        runsOfTranscript(pair, transcript),
      )
      if (!found) throw notFound()
      return { runs }
    },
  )

  const prompts = async (): Promise<PromptView[]> => {
    const [own] = await database.read(asSystem('jobs'), ownPrompts())
    const shipped = await desk.shippedPrompts()
    return Promise.all(
      shipped.map(async prompt => {
        const mine = own.find(({ name }) => name === prompt.name)
        return mine
          ? { ...(await desk.readPrompt(prompt.name, mine.text)), own: true }
          : { ...prompt, own: false }
      }),
    )
  }
  app.get(
    '/api/coach/prompts',
    { config: administrator, schema: { response: { 200: PromptList } } },
    async () => ({ prompts: await prompts() }),
  )

  app.put(
    '/api/coach/prompts/:prompt',
    {
      config: administrator,
      schema: { params: NamedPrompt, body: PromptChange, response: { 200: PromptView } },
    },
    async request => {
      const read = await desk.readPrompt(request.params.prompt, request.body.text)
      await database.asPerson(request.person.id, tx =>
        tx.run(...useOwnPrompt(read), recordAudit({ subject: request.person.id, action: 'prompt-changed' })),
      )
      return { ...read, own: true }
    },
  )

  app.delete(
    '/api/coach/prompts/:prompt',
    { config: administrator, schema: { params: NamedPrompt, response: { 200: PromptView } } },
    async request => {
      const { prompt } = request.params
      const shipped = (await desk.shippedPrompts()).find(({ name }) => name === prompt)
      if (!shipped) throw notFound()
      await database.asPerson(request.person.id, tx =>
        tx.run(
          ...useShippedPrompt(prompt),
          recordAudit({ subject: request.person.id, action: 'prompt-changed' }),
        ),
      )
      return { ...shipped, own: false }
    },
  )
}

/** What was sent, without what was left out. */
const given = <Fields extends object>(change: Fields) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof Fields]: Exclude<Fields[K], undefined>
  }
