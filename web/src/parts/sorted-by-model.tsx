import { useState } from 'preact/hooks'
import type { CoachState } from '../../../src/domain/api/coach.ts'
import type { SortedDraft } from '../../../src/domain/api/feedback.ts'
import { post, sentence } from '../api.ts'
import { type PartName, partNames } from '../draft-keeper.ts'
import { useLoaded } from '../load.ts'
import { useOnce } from '../once.ts'
import { OnlyYou } from './signs.tsx'

type Parts = NonNullable<SortedDraft['parts']>

/**
 * Lets the model sort the rough words, when their writer asks for it. What it says stands beside the draft
 * until it is taken; without a model there is nothing to see.
 */
export const SortedByModel = ({
  path,
  labels,
  isSaved,
  free,
  take,
}: {
  path: string
  labels: Readonly<Record<PartName, string>>
  /** What is asked about is what is kept. */
  isSaved: boolean
  /** Parts nobody has written by hand: the others stay as they are. */
  free: readonly PartName[]
  take: (parts: Record<PartName, string>) => void
}) => {
  const { value: coach } = useLoaded<CoachState>('/coach')
  const [parts, setParts] = useState<Parts>()
  const [words, setWords] = useState('')
  const ask = useOnce(async () => {
    setWords('Asking it.')
    setParts(undefined)
    try {
      const sorted = (await post<SortedDraft>(`${path}/sorted`)).parts
      setParts(sorted ?? undefined)
      setWords(sorted ? '' : 'The model has no answer that keeps to your words. Nothing was changed.')
    } catch (failure) {
      setWords(sentence(failure))
    }
  })
  if (coach?.engine !== 'llm') return null
  const written = parts ? partNames.filter(part => parts[part] !== null && free.includes(part)) : []
  const accept = () => {
    if (!parts) return
    take(Object.fromEntries(written.map(part => [part, parts[part] ?? ''])) as Record<PartName, string>)
    setParts(undefined)
  }
  return (
    <div class="sorted-by">
      <p class="row">
        <button
          class="b"
          type="button"
          aria-disabled={isSaved ? undefined : 'true'}
          onClick={() => isSaved && ask()}
        >
          Let the model sort your words
        </button>
        <span class="small quiet" role="status">
          {words || 'These words go to it, and nothing else of yours.'}
        </span>
      </p>
      {parts && written.length === 0 && (
        <p class="quiet space">Every part it has words for is written by you. Nothing was changed.</p>
      )}
      {written.length > 0 && parts && (
        <section class="private sbi" aria-labelledby="sorted-title">
          <div class="head">
            <h3 id="sorted-title">As the model sorts them</h3>
            <OnlyYou>Only you, until you take it</OnlyYou>
          </div>
          <dl>
            {written.map(part => (
              <div key={part}>
                <dt>{labels[part]}</dt>
                <dd class="said">{parts[part]}</dd>
              </div>
            ))}
          </dl>
          <p class="row">
            <button class="b tiny" type="button" onClick={accept}>
              Take it
            </button>
            <button class="b plain tiny" type="button" onClick={() => setParts(undefined)}>
              Leave it
            </button>
          </p>
        </section>
      )}
    </div>
  )
}
