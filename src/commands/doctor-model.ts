import { readModelConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'

interface Check {
  readonly subject: string
  readonly ok: boolean
  readonly says: string
}

/** What the endpoint that the environment names can do, tried with invented lines: one row a verdict. */
export const modelEndpoint = async (): Promise<Check[]> => {
  const subject = 'model'
  try {
    const model = readModelConfig()
    if (!model)
      return [
        { subject, ok: true, says: 'the environment names none; one of the settings page is tried there' },
      ]
    const [{ openEndpoint }, { verdictsOn }] = await Promise.all([
      import('../coach/llm/endpoint.ts'),
      import('../coach/llm/conformance.ts'),
    ])
    const at = (name: string) => openEndpoint({ baseUrl: model.baseUrl, apiKey: model.apiKey, model: name })
    const checks: Check[] = []
    for await (const { code, weight, says, more } of verdictsOn({
      endpoint: at(model.model),
      embedding: at(model.embeddingModel ?? model.model),
    }))
      checks.push({ subject: code, ok: weight !== 'bad', says: `${says} ${more}` })
    return checks
  } catch (error) {
    if (error instanceof Refusal) return [{ subject, ok: false, says: error.message }]
    throw error
  }
}
