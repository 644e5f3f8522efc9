import { readModelConfig } from '../config.ts'
import type { Coach } from '../domain/ports.ts'

/** The coach a command was asked for; where no model is set the offline one, and it says so. */
export const coachOf = async (engine: string, offline: Coach): Promise<Coach> => {
  if (engine !== 'llm') return offline
  const model = readModelConfig()
  if (!model) {
    process.stderr.write('No model is set (LLM_BASE_URL and LLM_MODEL): the offline coach serves.\n')
    return offline
  }
  const { openLlmCoach } = await import('../coach/llm/open.ts')
  return askedOnce(openLlmCoach({ model, offline }))
}

/** The same question is not paid for twice: what was found is printed after it was kept. */
const askedOnce = (coach: Coach): Coach => {
  const answers = new Map<string, ReturnType<Coach['extract']>>()
  return {
    ...coach,
    extract: (input, options) => {
      const question = JSON.stringify([input.lines.map(({ text }) => text), input.openItems, input.roster])
      const answer = answers.get(question) ?? coach.extract(input, options)
      answers.set(question, answer)
      return answer
    },
  }
}
