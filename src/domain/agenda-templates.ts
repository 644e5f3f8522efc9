import type { AgendaTemplate } from './api/agenda.ts'
import type { Side } from './api/common.ts'
import type { TalkLabel } from './talk.ts'

/** What the program offers to begin with. Each side raises its own questions: nobody speaks for the other. */

type Lines = readonly (readonly [kind: TalkLabel, text: string])[]

const builtIn: readonly {
  readonly id: string
  readonly name: string
  readonly lines: Readonly<Record<Side, Lines>>
}[] = [
  {
    id: 'first',
    name: 'A first 1:1',
    lines: {
      report: [
        ['rapport', 'What I would like you to know about how I work'],
        ['logistics', 'What these meetings are for, and what they are not for'],
        ['feedback', 'How I like to hear it when something went wrong'],
        ['priorities', 'What I think matters most in the next three months'],
        ['growth', 'What I would like to be able to do in a year'],
      ],
      manager: [
        ['rapport', 'How I work, and what tends to annoy people about it'],
        ['feedback', 'How would you like to be told when something went wrong?'],
        ['upward-feedback', 'How I would like to be told when I get something wrong'],
        ['priorities', 'What I need from your work in the next three months'],
      ],
    },
  },
  {
    id: 'growth',
    name: 'A growth talk',
    lines: {
      report: [
        ['growth', 'What I have learned since we last talked about it'],
        ['growth', 'Work I would like to grow into'],
        ['growth', 'What I could take on that is a size too big for me'],
        ['growth', 'What stands in the way'],
      ],
      manager: [
        ['growth', 'What would you like to be able to do in a year?'],
        ['growth', 'Which work gave you energy lately, and which took it?'],
        ['growth', 'What can I open for you: work, people, time?'],
        ['growth', 'The next step, and when we look at it again'],
      ],
    },
  },
  {
    id: 'return',
    name: 'Back from leave',
    lines: {
      report: [
        ['wellbeing', 'How I am arriving, as far as I want to say'],
        ['logistics', 'Hours and days that work for now'],
        ['priorities', 'What I should pick up first, and what can stay with others'],
      ],
      manager: [
        ['rapport', 'Good to have you back: what do you want to hear first?'],
        ['status', 'What changed while you were away'],
        ['priorities', 'What we start with, and what we leave with others for now'],
        ['logistics', 'When we look at this again'],
      ],
    },
  },
  {
    id: 'skip-level',
    name: 'A skip-level',
    lines: {
      report: [
        ['priorities', 'What I would like to hear from you about where we are going'],
        ['roadblock', 'Something that is hard to solve from where I sit'],
        ['growth', 'Where I would like to go from here'],
      ],
      manager: [
        ['rapport', 'What this talk is for, and what stays between us'],
        ['roadblock', 'What slows your team down that nobody has asked me about?'],
        ['upward-feedback', 'What should I do more of, less of, or differently?'],
        ['growth', 'What would you like to do next?'],
      ],
    },
  },
]

/** The program's templates as one of the two would use them. */
export const templatesFor = (side: Side): AgendaTemplate[] =>
  builtIn.map(({ id, name, lines }) => ({
    id,
    name,
    own: false,
    items: lines[side].map(([kind, text]) => ({ kind, text })),
  }))
