import type { ModelEnvironment } from '../domain/coach-desk.ts'
import { Refusal } from '../domain/errors.ts'
import type { CoachCall } from '../domain/ports.ts'
import type { Database, Tx } from '../store/database.ts'
import { modelKey, modelRow, type ModelRow, noModelRow, ownPrompts } from '../store/model-settings.ts'
import {
  countFailure,
  countSuccess,
  countUse,
  type Habit,
  leavePlace,
  modelHabit,
  modelPause,
  modelSpent,
  takePlace,
  writeModelHabit,
} from '../store/model-use.ts'

/** The model that counts at this moment. */
export interface CurrentModel extends ModelEnvironment {
  readonly row: ModelRow
  readonly prompts: Readonly<Record<string, string>>
}

/** The settings of this moment, from environment and rows; null when the offline engine reads alone. */
export const currentModel = async (
  database: Database,
  environment: ModelEnvironment | null,
): Promise<CurrentModel | null> => {
  const [[row = noModelRow], [kept], own] = await database.asSystem('jobs', tx =>
    tx.several(modelRow(), modelKey(), ownPrompts()),
  )
  const prompts = Object.fromEntries(own.map(({ name, text }) => [name, text]))
  return row.engine === 'offline' ? null : modelOf(environment, row, kept?.key ?? null, prompts)
}

export const modelOf = (
  environment: ModelEnvironment | null,
  row: ModelRow,
  key: string | null,
  prompts: Readonly<Record<string, string>> = {},
): CurrentModel | null => {
  const baseUrl = environment?.baseUrl ?? row.baseUrl
  const model = environment?.model ?? row.model
  if (baseUrl === null || model === null) return null
  return {
    baseUrl,
    model,
    // A key kept for one address is not sent to another.
    apiKey: environment ? environment.apiKey : key,
    fallbackModel: environment?.fallbackModel ?? row.fallbackModel,
    embeddingModel: environment?.embeddingModel ?? row.embeddingModel,
    context: environment?.context ?? row.context,
    row,
    prompts,
  }
}

/** Longer than a call may take: a place whose process died is free again. */
const placeSeconds = 150
/** Milliseconds somebody stands in line for a place before the offline engine serves. */
const patience = 20_000

const refused = (code: string, message: string, retryAfter: number) =>
  new Refusal(code, 503, message, { retryAfter })

/** What is left alone and paid for by itself: an address, with what its settings allow. */
type Asked = Pick<CurrentModel, 'row' | 'baseUrl'>

/** Vectors are made apart: a server that has no model for them still answers questions. */
export const vectorsOf = (model: CurrentModel): Asked => ({
  row: model.row,
  baseUrl: `${model.baseUrl} vectors`,
})

/**
 * @throws Refusal `model-paused`, `model-spent`, with `retryAfter` in seconds.
 */
export const refuseNow = async (database: Database, { row, baseUrl }: Asked, person: string | null) => {
  const [[pause], [spent]] = await database.asSystem('jobs', tx =>
    tx.several(modelPause(baseUrl), modelSpent(person)),
  )
  if (pause && pause.seconds > 0)
    throw refused('model-paused', 'The model is left alone for a while.', pause.seconds)
  const over = (most: number | null, used: number | undefined) => most !== null && (used ?? 0) >= most
  if (over(row.mostAMonth, spent?.month) || over(row.mostADay, spent?.day))
    throw refused('model-spent', 'What may be spent on the model is spent.', 3_600)
  if (person !== null && over(row.mostAPerson, spent?.person))
    throw refused('model-spent', 'Your share of the model for today is used up.', 3_600)
}

/**
 * Who may ask the model now: not while it is left alone, not beyond what may be spent, and never more
 * at once than the settings say, over all processes. All of it is rows.
 *
 * @throws Refusal `model-paused`, `model-spent`, `model-full`, with `retryAfter` in seconds.
 */
export const admission = (database: Database, model: Asked, person: string | null) => {
  const { row } = model
  const asJobs = <T>(work: (tx: Tx) => Promise<T>) => database.asSystem('jobs', work)
  const enter = async (): Promise<AsyncDisposable> => {
    await refuseNow(database, model, person)
    const until = performance.now() + patience
    for (;;) {
      const place = await asJobs(tx => tx.first(takePlace(row.atOnce, placeSeconds)))
      if (place)
        return { [Symbol.asyncDispose]: () => asJobs(async tx => void (await tx.run(leavePlace(place.id)))) }
      if (performance.now() > until) throw refused('model-full', 'Everybody asks the model at once.', 30)
      await new Promise(resolve => void setTimeout(resolve, 250))
    }
  }
  return enter
}

/** What somebody has to change first; until then it is not asked again for an hour. */
const needsAHand = new Set(['model-key-refused', 'model-unknown', 'model-quota'])
/** What says something about the server, not about this question. */
const aboutTheServer = new Set([
  'model-unreachable',
  'model-too-slow',
  'model-failed',
  'model-busy',
  'model-not-an-api',
  ...needsAHand,
])

/** Writes down what a question came to: for the budget, and for whether the model is asked again. */
export const accountFor = async (
  database: Database,
  { row, baseUrl }: Asked,
  person: string | null,
  call: Pick<CoachCall, 'inputTokens' | 'outputTokens' | 'outcome'> & { readonly cost?: number | null },
  retryAfter: number | null,
): Promise<void> => {
  const use = {
    read: call.inputTokens ?? 0,
    written: call.outputTokens ?? 0,
    cost: call.cost ?? costOf(row, call) ?? 0,
  }
  await database.asSystem('jobs', tx =>
    tx.run(
      ...(use.read + use.written > 0 ? [countUse(person, use)] : []),
      ...(call.outcome === 'done'
        ? [countSuccess(baseUrl)]
        : aboutTheServer.has(call.outcome)
          ? [
              countFailure(
                baseUrl,
                call.outcome,
                needsAHand.has(call.outcome) ? (retryAfter ?? 3_600) : retryAfter,
              ),
            ]
          : []),
    ),
  )
}

/** Null where no price is known, or the server does not count. */
export const costOf = (
  { priceRead, priceWritten }: ModelRow,
  { inputTokens, outputTokens }: Pick<CoachCall, 'inputTokens' | 'outputTokens'>,
): number | null =>
  priceRead === null || priceWritten === null || inputTokens === null || outputTokens === null
    ? null
    : (inputTokens * priceRead + outputTokens * priceWritten) / 1_000_000

/** What a model takes, as rows. */
export const habitsInRows = (database: Database) => ({
  recall: async (endpoint: string, model: string) => {
    const [found] = await database.asSystem('jobs', tx => tx.all(modelHabit(endpoint, model)))
    return found
  },
  note: (endpoint: string, model: string, habit: Habit) =>
    database.asSystem('jobs', async tx => void (await tx.run(writeModelHabit(endpoint, model, habit)))),
})
