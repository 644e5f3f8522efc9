import type { Finding } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { dueWords, meOf, ownerWords, shortDay } from '../format.ts'
import { kindWords } from '../review-state.ts'

const settledWords = (pair: PairView, finding: Finding): string => {
  const { settledBy } = finding
  // The sample's older meetings are gone through, and nobody did it.
  const by =
    settledBy === null ? '' : ` by ${settledBy === meOf(pair).id ? 'you' : ownerWords(pair, settledBy)}`
  if (finding.state === 'dismissed') return `Dismissed${by}`
  return finding.confidence === null ? `Added${by}` : `Confirmed${by}`
}

const metaOf = (pair: PairView, finding: Finding): string => {
  if (finding.state !== 'proposed') return settledWords(pair, finding)
  if (finding.kind === 'action-item')
    return finding.owner === null
      ? 'Nobody was named'
      : `${ownerWords(pair, finding.owner)}. ${finding.due ? dueWords(finding.due).words : 'No date was said'}`
  if (finding.kind === 'update' && finding.item) {
    const due = finding.item.due ? `, due ${shortDay(finding.item.due)}` : ''
    const moved = finding.due ? `, now ${shortDay(finding.due)}` : ''
    return `${finding.item.owner === meOf(pair).id ? 'Your promise' : 'A promise of theirs'}${due}${moved}`
  }
  return ''
}

/** A finding as one line of the list. */
export const FindingRow = ({
  pair,
  finding,
  number,
  onChoose,
}: {
  pair: PairView
  finding: Finding
  number: number
  onChoose: () => void
}) => (
  <button type="button" aria-pressed={false} onClick={onChoose}>
    <span class="no">{number}</span>
    <span>
      <span class="k">{kindWords(finding)}</span>
      <span class="said">{finding.text}</span>
      <span class="meta">{metaOf(pair, finding)}</span>
    </span>
  </button>
)
