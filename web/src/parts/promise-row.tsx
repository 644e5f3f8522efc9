import type { PromiseView } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { sentence } from '../api.ts'
import { dueWords, shortDay } from '../format.ts'
import { useOnce } from '../once.ts'
import { change, kept } from '../outbox.ts'
import { findingPath } from '../review-state.ts'
import { address } from '../route.ts'
import { say } from '../say.ts'
import { useWatched } from '../watched.ts'
import { Icon } from './icon.tsx'

const pathOf = (pair: PairView, { id }: PromiseView): string =>
  findingPath(pair.id, { kind: 'action-item', id })
const doneWords = { done: 'Kept', dropped: 'Dropped', open: 'Open again' }

/** Sets a promise's state and offers the way back; while nobody answers it is kept in this browser. */
const settle = async (
  pair: PairView,
  promise: PromiseView,
  state: PromiseView['state'],
  reload: () => Promise<void>,
): Promise<void> => {
  const path = pathOf(pair, promise)
  try {
    const outcome = await change(path, promise.version, { state })
    say(`${doneWords[state]}: ${promise.text}`, async () => {
      if ('takeBack' in outcome && outcome.takeBack()) return
      const version = 'changed' in outcome ? outcome.changed.version : promise.version + 1
      await change(path, version, { state: promise.state }).catch((error: unknown) => say(sentence(error)))
      await reload()
    })
  } catch (error) {
    say(sentence(error))
  }
  await reload()
}

/** When it is due; late in pencil, with the day it was due. */
export const DueDay = ({ due }: { due: string | null }) => {
  const { words, late } = dueWords(due)
  return (
    <span class={late ? 'look' : undefined}>{late && due ? `Due ${shortDay(due)}, ${words}` : words}</span>
  )
}

interface Props {
  readonly pair: PairView
  readonly promise: PromiseView
  readonly reload: () => Promise<void>
  /** In the ledger: with what can be done about it and where it was said. */
  readonly full?: boolean
}

/** A promise, the same row everywhere and for both sides. */
export const PromiseRow = ({ pair, promise, reload, full = false }: Props) => {
  const [first] = promise.evidence
  const unsent = useWatched(kept).find(({ path, conflict }) => !conflict && path === pathOf(pair, promise))
  const state = unsent?.wish.state ?? promise.state
  const done = state !== 'open'
  const set = useOnce((to: PromiseView['state']) => settle(pair, promise, to, reload))
  return (
    <li class={done ? 'promise done' : 'promise'}>
      <input
        class="check"
        type="checkbox"
        aria-label={`Kept: ${promise.text}`}
        checked={state === 'done'}
        onChange={event => {
          // What it shows is what is stored, not what was pressed.
          event.currentTarget.checked = state === 'done'
          void set(done ? 'open' : 'done')
        }}
      />
      <div>
        <p class="said">{promise.text}</p>
        <p class="meta">
          {done ? (
            <span>
              {state === 'done' ? 'Kept' : 'Dropped'}
              {promise.closedAt ? ` ${shortDay(promise.closedAt)}` : ''}
            </span>
          ) : (
            <DueDay due={promise.due} />
          )}
          {unsent && <span class="look">Not sent yet</span>}
          {full && promise.transcript && first && (
            <a class="src" href={address.review(pair.id, promise.transcript, first.line)}>
              <Icon name="quote" />
              {shortDay(promise.meetingAt)}, line {first.line}
            </a>
          )}
          {full && promise.note && first && (
            <a class="src" href={address.after(pair.id, promise.meeting)}>
              <Icon name="quote" />
              Note of {shortDay(promise.meetingAt)}, line {first.line}
            </a>
          )}
          {full && !done && (
            <button
              class="lk"
              type="button"
              aria-label={`Drop it: ${promise.text}`}
              onClick={() => void set('dropped')}
            >
              Drop it
            </button>
          )}
        </p>
      </div>
    </li>
  )
}

/** Both sides with the same row: mine first in the ledger, the report first elsewhere. */
export const bySide = (pair: PairView, promises: readonly PromiseView[]) => {
  const of = (owner: string | null) => promises.filter(promise => promise.owner === owner)
  return { manager: of(pair.manager.id), report: of(pair.report.id), nobody: of(null) }
}
