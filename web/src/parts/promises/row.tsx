import { useState } from 'preact/hooks'
import type { PromiseChange, PromiseView } from '../../../../src/domain/api/findings.ts'
import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { dayIn, daysBetween, daysFromToday, daysWords, shortDay } from '../../format.ts'
import { address } from '../../route.ts'
import { Icon } from '../icon.tsx'
import { Menu } from '../menu.tsx'
import { changePromise, DueDay, KeptBox, usePromise } from '../promise-row.tsx'
import { Changes } from './changes.tsx'
import { Drop, Owner, OtherDay } from './forms.tsx'

interface Props {
  readonly pair: PairView
  readonly promise: PromiseView
  readonly changes: readonly PromiseChange[]
  readonly reload: () => Promise<void>
}

/** "Kept 18 November, 1 day late"; one without a day was on time when it was kept. */
const closedWords = (pair: PairView, { state, closedAt, due }: PromiseView): string => {
  const word = state === 'done' ? 'Kept' : 'Dropped'
  if (closedAt === null) return word
  const on = dayIn(pair.timezone, closedAt)
  if (state !== 'done' || due === null) return `${word} ${shortDay(on)}`
  const late = daysBetween(due, on)
  return `Kept ${shortDay(on)}, ${late > 0 ? `${daysWords(late)} late` : 'on time'}`
}

/** "No date was said, 5 days old." */
const Undated = ({ promise, set }: { promise: PromiseView; set: () => void }) => {
  const age = -daysFromToday(promise.meetingAt)
  return (
    <span>
      No date was said{age > 0 && `, ${daysWords(age)} old`}.{' '}
      <button class="lk" type="button" aria-label={`Set one: ${promise.text}`} onClick={set}>
        Set one
      </button>
    </span>
  )
}

/** Where it was said: the transcript's line, or the note's. */
const Source = ({ pair, promise }: { pair: PairView; promise: PromiseView }) => {
  const [first] = promise.evidence
  if (!first || (!promise.transcript && !promise.note)) return null
  const day = shortDay(promise.meetingAt)
  return promise.transcript ? (
    <a class="src" href={address.review(pair.id, promise.transcript, first.line)}>
      <Icon name="quote" />
      {day}, line {first.line}
    </a>
  ) : (
    <a class="src" href={address.after(pair.id, promise.meeting)}>
      <Icon name="quote" />
      Note of {day}, line {first.line}
    </a>
  )
}

/** A promise in the ledger: what can be done about it, where it was said, and who changed what. */
export const LedgerRow = ({ pair, promise, changes, reload }: Props) => {
  const [doing, begin] = useState<'drop' | 'day' | 'owner'>()
  const { state, unsent } = usePromise(pair, promise)
  const open = state === 'open'
  const form = {
    promise,
    pair,
    leave: () => begin(undefined),
    save: (wish: Parameters<typeof changePromise>[2], done: string) => {
      begin(undefined)
      return changePromise(pair, promise, wish, done, reload)
    },
  }
  const entry = (words: string, act: () => void) => (
    <button class="menu-row" type="button" onClick={act}>
      {words}
    </button>
  )
  return (
    <li class={open ? 'promise' : 'promise done'}>
      <KeptBox pair={pair} promise={promise} reload={reload} />
      <div>
        <p class="said">{promise.text}</p>
        <p class="meta">
          {!open && (
            <span>{closedWords(pair, { ...promise, state: state === 'done' ? 'done' : 'dropped' })}</span>
          )}
          {open && promise.due !== null && <DueDay due={promise.due} />}
          {open && promise.due === null && <Undated promise={promise} set={() => begin('day')} />}
          {unsent && <span class="look">Not sent yet</span>}
          <Source pair={pair} promise={promise} />
        </p>
        {promise.why && <p class="said less quiet">“{promise.why}”</p>}
        {doing === 'drop' && <Drop {...form} />}
        {doing === 'day' && <OtherDay {...form} />}
        {doing === 'owner' && <Owner {...form} />}
        <Changes pair={pair} changes={changes} />
      </div>
      <Menu className="icon-b" label={`More for: ${promise.text}`} face={<Icon name="more" small />}>
        {open && entry('Another day', () => begin('day'))}
        {open && entry('Whose it is', () => begin('owner'))}
        {open && entry('Drop it', () => begin('drop'))}
        {!open && entry('Open again', () => void form.save({ state: 'open' }, 'Open again'))}
      </Menu>
    </li>
  )
}
