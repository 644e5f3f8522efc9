import type { PromiseView } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { patch, sentence } from '../api.ts'
import { dueWords, shortDay } from '../format.ts'
import { address } from '../route.ts'
import { say } from '../say.ts'
import { Icon } from './icon.tsx'

/** Sets a promise's state and offers the way back. */
export const settle = async (
  pair: PairView,
  promise: PromiseView,
  state: PromiseView['state'],
  reload: () => Promise<void>,
): Promise<void> => {
  const words = { done: 'Kept', dropped: 'Dropped', open: 'Open again' }
  const set = (to: PromiseView['state'], version: number) =>
    patch<{ version: number }>(`/pairs/${pair.id}/findings/action-item/${promise.id}`, { version, state: to })
  try {
    const { version } = await set(state, promise.version)
    say(`${words[state]}: ${promise.text}`, async () => {
      await set(promise.state, version).catch((error: unknown) => say(sentence(error)))
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
  const done = promise.state !== 'open'
  return (
    <li class={done ? 'promise done' : 'promise'}>
      <input
        class="check"
        type="checkbox"
        aria-label={`Kept: ${promise.text}`}
        checked={promise.state === 'done'}
        onChange={() => void settle(pair, promise, done ? 'open' : 'done', reload)}
      />
      <div>
        <p class="said">{promise.text}</p>
        <p class="meta">
          {done ? (
            <span>
              {promise.state === 'done' ? 'Kept' : 'Dropped'}
              {promise.closedAt ? ` ${shortDay(promise.closedAt)}` : ''}
            </span>
          ) : (
            <DueDay due={promise.due} />
          )}
          {full && promise.transcript && first && (
            <a class="src" href={address.review(pair.id, promise.transcript, first.line)}>
              <Icon name="quote" />
              {shortDay(promise.meetingAt)}, line {first.line}
            </a>
          )}
          {full && !done && (
            <button
              class="lk"
              type="button"
              aria-label={`Drop it: ${promise.text}`}
              onClick={() => void settle(pair, promise, 'dropped', reload)}
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
