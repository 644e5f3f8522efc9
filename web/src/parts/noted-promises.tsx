import type { Finding } from '../../../src/domain/api/findings.ts'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import { sentence } from '../api.ts'
import { ownerWords } from '../format.ts'
import { useOnce } from '../once.ts'
import { change } from '../outbox.ts'
import { findingPath } from '../review-state.ts'
import { say } from '../say.ts'
import { DueDay } from './promise-row.tsx'

const Row = ({
  page: { pair },
  row,
  reload,
}: {
  page: MeetingPage
  row: Finding
  reload: () => Promise<void>
}) => {
  const path = findingPath(pair.id, row)
  const settle = useOnce(async (state: 'confirmed' | 'dismissed') => {
    try {
      const outcome = await change(path, row.version, { state })
      say(`${state === 'confirmed' ? 'Confirmed' : 'Dismissed'}: ${row.text}`, async () => {
        if ('takeBack' in outcome && outcome.takeBack()) return
        const version = 'changed' in outcome ? outcome.changed.version : row.version + 1
        await change(path, version, { state: 'proposed' }).catch((error: unknown) => say(sentence(error)))
        await reload()
      })
    } catch (error) {
      say(sentence(error))
    }
    await reload()
  })
  return (
    <li>
      <p class="said">{row.text}</p>
      <p class="meta">
        <span class={row.owner ? undefined : 'look'}>{row.owner ? ownerWords(pair, row.owner) : 'Who?'}</span>
        <DueDay due={row.due} />
        <span>line {row.evidence[0]?.line} of the note</span>
      </p>
      <p class="row hang">
        <button
          class="b tiny"
          type="button"
          aria-label={`Confirm: ${row.text}`}
          onClick={() => void settle('confirmed')}
        >
          Confirm
        </button>
        <button
          class="b plain tiny"
          type="button"
          aria-label={`Dismiss: ${row.text}`}
          onClick={() => void settle('dismissed')}
        >
          Dismiss
        </button>
      </p>
    </li>
  )
}

/** Promises typed in the note that nobody has confirmed yet, each to be settled where it stands. */
export const NotedPromises = ({
  page,
  rows,
  reload,
}: {
  page: MeetingPage
  rows: readonly Finding[]
  reload: () => Promise<void>
}) =>
  rows.length === 0 ? null : (
    <section aria-labelledby="noted-promises">
      <h2 id="noted-promises">Typed in the note</h2>
      <p class="quiet">Nothing counts as promised until one of you confirms it.</p>
      <ul class="agreed plain">
        {rows.map(row => (
          <Row key={row.id} page={page} row={row} reload={reload} />
        ))}
      </ul>
    </section>
  )
