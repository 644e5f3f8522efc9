import type { Mark } from './marks.ts'
import type { Parts } from './parts.ts'

/** The question that helps rewrite a marked place. It never offers other words. */
export function questionFor(mark: Mark, text: string, person: string | null = null): string {
  const words = text.slice(mark.start, mark.end)
  const quoted = `“${words.charAt(0).toUpperCase()}${words.slice(1)}”`
  const who = person ?? 'they'
  const verb = person === null ? 'are' : 'is'
  switch (mark.kind) {
    case 'trait':
      return `${quoted} says what ${who} ${verb}. What did ${who} do, or leave undone?`
    case 'mind-reading':
      return `${quoted}: nobody can see that from outside. What did you see, or what could you ask instead?`
    case 'absolute':
      return `${quoted}: on which days was it? One that you saw is enough.`
    case 'hearsay':
      return `${quoted}: what did you see or hear yourself?`
    case 'comparison':
      return `${quoted} sets ${person ?? 'one person'} beside somebody else. What would you say if there were nobody to compare with?`
  }
}

export const missingQuestions = {
  situation: 'When and where was it? A day or a meeting is enough.',
  behavior: 'What was done or said, as a camera would have seen it?',
  impact: 'What did it lead to, for you, the team or the work?',
} as const

export const areasQuestion = (areas: number) =>
  `${areas === 3 ? 'Three' : areas === 4 ? 'Four' : String(areas)} things at once. Which one matters most? The others can wait for another day.`

export const questionsFor = (
  text: string,
  marks: readonly Mark[],
  parts: Parts,
  areas: number,
  person: string | null = null,
) => [
  ...marks.map(mark => questionFor(mark, text, person)),
  ...(['situation', 'behavior', 'impact'] as const)
    .filter(part => !parts[part])
    .map(part => missingQuestions[part]),
  ...(areas > 2 ? [areasQuestion(areas)] : []),
]
