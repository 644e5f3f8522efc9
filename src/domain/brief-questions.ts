import type { BriefFacts, BriefLine } from './brief-facts.ts'
import { daysBetween } from './day-words.ts'
import { growthDays, lastHeld, mostPressing, named, otherSide } from './pair-facts.ts'
import { needsDecision } from './roadblocks.ts'

/** Three things to ask the other: from what is open between them first, then what one may always ask. */
export const briefQuestions = (facts: BriefFacts): BriefLine[] => {
  const { reader } = facts
  const asking: BriefLine[] = []
  const stuck = facts.roadblocks
    .filter(({ state }) => state === 'open')
    .toSorted((a, b) => b.saidOn.length - a.saidOn.length)
    .find(({ state, saidOn, decision }) => needsDecision({ state, saidOn, decidedOn: decision?.on ?? null }))
  if (stuck)
    asking.push({
      text:
        reader === 'manager'
          ? `${named(stuck.text)}: what would have to happen for this to be over?`
          : `${named(stuck.text)}: who could end it, and by when?`,
      sources: [stuck.id],
    })
  const theirs = mostPressing(facts, otherSide(reader))
  if (theirs)
    asking.push({
      text:
        reader === 'manager'
          ? `${named(theirs.text)}: what stands in the way, and can I take something off it?`
          : `${named(theirs.text)}: when can I count on it?`,
      sources: [theirs.id],
    })
  const last = facts.growth.talked.at(-1)
  if (lastHeld(facts) && (!last || daysBetween(last.on, facts.today) > growthDays)) {
    const goal = facts.growth.goals[0]
    asking.push({
      text: goal
        ? reader === 'manager'
          ? `What would be a next step towards ${named(goal.text)}?`
          : `What would you want to see from me on the way to ${named(goal.text)}?`
        : reader === 'manager'
          ? 'What would you like to be able to do in a year that you cannot do now?'
          : 'Where do you see me grow next, and what could I take on for it?',
      sources: goal ? [goal.id] : last ? [last.id] : [],
    })
  }
  return [...asking, ...always[reader].map(text => ({ text, sources: [] }))].slice(0, 3)
}

const always = {
  manager: [
    'What should I have asked you about and did not?',
    'What would make the next two weeks easier for you?',
    'What could I do differently that would help you?',
  ],
  report: [
    'What matters most to you before we meet again?',
    'What should I know that I have not heard yet?',
    'Is there something I could do differently that would help you?',
  ],
} as const
