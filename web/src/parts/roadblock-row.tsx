import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { RoadblockDecisionView, RoadblockView } from '../../../src/domain/api/roadblocks.ts'
import { countWords, daysFromToday, ownerWords, shortDay } from '../format.ts'
import { address } from '../route.ts'

/** "Said in two meetings", and what that asks for. */
export const saidIn = ({ said }: RoadblockView): string =>
  `Said in ${countWords(said.length, 'meeting', 'meetings').toLowerCase()}`

/** "To be removed by you, by 25 November." Whoever or whatever day is missing is said to be. */
export const decisionWords = (pair: PairView, decision: RoadblockDecisionView): string => {
  if (decision.choice === 'accept')
    return `Accepted for now${decision.due ? `, looked at again on ${shortDay(decision.due)}` : ''}.`
  const verb = decision.choice === 'remove' ? 'To be removed' : 'To be escalated'
  const who = ownerWords(pair, decision.owner).toLowerCase()
  const name = decision.owner && who !== 'you' ? ownerWords(pair, decision.owner) : who
  return `${verb} by ${name}, ${decision.due ? `by ${shortDay(decision.due)}` : 'no day yet'}.`
}

const stands = (pair: PairView, roadblock: RoadblockView): string => {
  if (roadblock.state === 'resolved') {
    const days = daysFromToday(roadblock.resolvedAt ?? '') - daysFromToday(roadblock.said[0] ?? '')
    const after = days > 0 ? `, after ${countWords(days, 'day', 'days').toLowerCase()}` : ''
    return `Gone since ${shortDay(roadblock.resolvedAt ?? '')}${after}`
  }
  if (roadblock.needsDecision) return `${saidIn(roadblock)}. Needs a decision.`
  return roadblock.decision ? decisionWords(pair, roadblock.decision) : `${saidIn(roadblock)}.`
}

/** A roadblock in a list: its words, and how it stands. */
export const RoadblockRow = ({ pair, roadblock }: { pair: PairView; roadblock: RoadblockView }) => (
  <li>
    <p class="said less">
      <a href={address.roadblock(pair.id, roadblock.id)}>{roadblock.text}</a>
    </p>
    <p class={roadblock.needsDecision ? 'small look' : 'small quiet'}>{stands(pair, roadblock)}</p>
  </li>
)
