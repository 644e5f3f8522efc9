import { join } from 'node:path'
import { openLlmCoach } from '../../src/coach/llm/open.ts'
import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { readModelConfig } from '../../src/config.ts'
import type { Coach } from '../../src/domain/ports.ts'
import type { Engine } from '../harness/engine.ts'
import { openModelCache } from '../harness/model-cache.ts'

/** Any OpenAI-compatible endpoint: LLM_BASE_URL, LLM_MODEL and a key, as for the program. */
export const open = async (): Promise<Engine> => {
  const model = readModelConfig()
  if (!model) throw new Error('No model is set: LLM_MODEL, and LLM_BASE_URL or LLM_API_KEY.')
  const folder = join(import.meta.dirname, '../../.cache/evals/answers')
  const cache = await openModelCache(model.baseUrl, folder)
  const coach = openLlmCoach({ model: { ...model, baseUrl: cache.baseUrl }, offline: offlineCoach() })
  return {
    name: 'llm',
    coach: answeredByTheModel(coach),
    usage: () => cache.usage(),
    [Symbol.asyncDispose]: () => cache[Symbol.asyncDispose](),
  }
}

/** In the program the offline engine stands in for a model that fails. Here that would be somebody else's score. */
const answeredByTheModel = (coach: Coach): Coach => ({
  ...coach,
  async extract(input, options) {
    const found = await coach.extract(input, options)
    if (found.instead !== undefined) throw new Error(`The model did not answer: ${found.instead}.`)
    return found
  },
})
