import type { Verdict } from '../domain/api/coach.ts'
import type { CoachDesk, ModelEnvironment, ModelOutside } from '../domain/coach-desk.ts'
import { notFound } from '../domain/errors.ts'
import type { Database } from '../store/database.ts'
import { modelKey } from '../store/model-settings.ts'
import { modelOf } from './model-desk.ts'
import { habitBook } from './model-coach.ts'

export const openCoachDesk = (database: Database, environment: ModelEnvironment | null): CoachDesk => {
  const prompts = () => import('../coach/llm/prompts.ts')
  const view = (text: string, { name, version, hash }: { name: string; version: number; hash: string }) => ({
    name,
    version,
    hash,
    text,
  })
  return {
    environment: environment && withoutKey(environment),
    hasKey: typeof environment?.apiKey === 'string',
    async test(row, signal) {
      const [kept] = await database.asSystem('jobs', tx => tx.all(modelKey()))
      const model = modelOf(environment, row, kept?.key ?? null)
      if (!model) return null
      const [{ openEndpoint }, { verdictsOn }] = await Promise.all([
        import('../coach/llm/endpoint.ts'),
        import('../coach/llm/conformance.ts'),
      ])
      const at = (name: string) =>
        openEndpoint({ baseUrl: model.baseUrl, apiKey: model.apiKey, model: name, book: habitBook(database) })
      const trial = { endpoint: at(model.model), embedding: at(model.embeddingModel ?? model.model), signal }
      const seen: Verdict[] = []
      for await (const verdict of verdictsOn(trial)) seen.push(verdict)
      return seen
    },
    async shippedPrompts() {
      const { promptFor, promptNames, shippedPrompt } = await prompts()
      return promptNames.map(name => view(shippedPrompt(name), promptFor(name)))
    },
    async readPrompt(name, text) {
      const { promptFor, promptNames } = await prompts()
      const known = promptNames.find(candidate => candidate === name)
      if (!known) throw notFound()
      return view(text, promptFor(known, text))
    },
  }
}

const withoutKey = ({
  baseUrl,
  model,
  fallbackModel,
  embeddingModel,
  context,
}: ModelEnvironment): ModelOutside => ({ baseUrl, model, fallbackModel, embeddingModel, context })
