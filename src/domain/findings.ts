import type { FindingKind, FindingState } from './api/findings.ts'
import { Refusal } from './errors.ts'

const allowed: Record<FindingKind, readonly FindingState[]> = {
  'action-item': ['proposed', 'open', 'done', 'dropped', 'dismissed'],
  decision: ['proposed', 'confirmed', 'dismissed'],
  roadblock: ['proposed', 'confirmed', 'dismissed'],
  update: ['proposed', 'confirmed', 'dismissed'],
}

/**
 * The state a person's wish leads to. Confirming an action item opens it; every state can be
 * taken back to `proposed`, which is what undo does.
 *
 * @throws Refusal `state-impossible` (422), e.g. for a decision that should be "dropped".
 */
export const stateFor = (kind: FindingKind, wish: FindingState): FindingState => {
  const state = kind === 'action-item' && wish === 'confirmed' ? 'open' : wish
  if (allowed[kind].includes(state)) return state
  throw new Refusal(
    'state-impossible',
    422,
    `A ${kind} cannot be ${wish}. Choose one of: ${allowed[kind].join(', ')}.`,
  )
}
