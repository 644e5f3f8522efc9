import type { PromiseView } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { sentence } from '../api.ts'
import { dueWords, shortDay } from '../format.ts'
import { useOnce } from '../once.ts'
import { change, kept, type Wish } from '../outbox.ts'
import { findingPath } from '../review-state.ts'
import { say } from '../say.ts'
import { useWatched } from '../watched.ts'

const pathOf = (pair: PairView, { id }: PromiseView): string =>
  findingPath(pair.id, { kind: 'action-item', id })
const doneWords = { done: 'Kept', dropped: 'Dropped', open: 'Open again' }

/** Changes a promise and offers the way back; while nobody answers it is kept in this browser. */
export const changePromise = async (
  pair: PairView,
  promise: PromiseView,
  wish: Wish,
  done: string,
  reload: () => Promise<void>,
): Promise<void> => {
  const path = pathOf(pair, promise)
  const before = {
    state: promise.state,
    due: promise.due,
    owner: promise.owner,
    ...(promise.why ? { why: promise.why } : {}),
  }
  try {
    const outcome = await change(path, promise.version, wish)
    say(`${done}: ${promise.text}`, async () => {
      if ('takeBack' in outcome && outcome.takeBack()) return
      const version = 'changed' in outcome ? outcome.changed.version : promise.version + 1
      await change(path, version, before).catch((error: unknown) => say(sentence(error)))
      await reload()
    })
  } catch (error) {
    say(sentence(error))
  }
  await reload()
}

/** What is to be shown of a promise: a change that could not be sent yet counts here. */
export const usePromise = (pair: PairView, promise: PromiseView) => {
  const unsent = useWatched(kept).find(({ path, conflict }) => !conflict && path === pathOf(pair, promise))
  return { state: unsent?.wish.state ?? promise.state, unsent: unsent !== undefined }
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
}

/** The box that says it is kept. */
export const KeptBox = ({ pair, promise, reload }: Props) => {
  const { state } = usePromise(pair, promise)
  const set = useOnce((to: PromiseView['state']) =>
    changePromise(pair, promise, { state: to }, doneWords[to], reload),
  )
  return (
    <input
      class="check"
      type="checkbox"
      aria-label={`Kept: ${promise.text}`}
      checked={state === 'done'}
      onChange={event => {
        // What it shows is what is stored, not what was pressed.
        event.currentTarget.checked = state === 'done'
        void set(state === 'open' ? 'done' : 'open')
      }}
    />
  )
}

/** A promise in the margin: the same row for both sides. */
export const PromiseRow = ({ pair, promise, reload }: Props) => {
  const { state, unsent } = usePromise(pair, promise)
  return (
    <li class={state === 'open' ? 'promise' : 'promise done'}>
      <KeptBox pair={pair} promise={promise} reload={reload} />
      <div>
        <p class="said">{promise.text}</p>
        <p class="meta">
          {state === 'open' ? (
            <DueDay due={promise.due} />
          ) : (
            <span>{state === 'done' ? 'Kept' : 'Dropped'}</span>
          )}
          {unsent && <span class="look">Not sent yet</span>}
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
