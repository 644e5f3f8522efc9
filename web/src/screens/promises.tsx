import { useState } from 'preact/hooks'
import type {
  PromiseChange,
  PromiseRate,
  PromisesPage,
  PromiseView,
} from '../../../src/domain/api/findings.ts'
import type { PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure } from '../api.ts'
import { firstName, monthWords, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { bySide } from '../parts/promise-row.tsx'
import { AddPromise } from '../parts/promises/add.tsx'
import { LedgerRow } from '../parts/promises/row.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'

/** "Kept 8 of 11 on time since September, 2 late, dropped 1": in words, and only from five on. */
const rateWords = (rate: PromiseRate | undefined): string => {
  const { onTime, late, dropped, since } = rate ?? { onTime: 0, late: 0, dropped: 0, since: null }
  const counted = onTime + late + dropped
  if (counted < 5) return 'Too few to count yet'
  const from = since === null ? '' : ` since ${monthWords(since)}`
  return `Kept ${onTime} of ${counted} on time${from}, ${late || 'none'} late, dropped ${dropped || 'none'}`
}

/** Arrows go from box to box, down one side and then down the other; Space keeps. */
const walk = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || !(event.target instanceof HTMLElement) || !event.target.matches('.check')) return
  const boxes = [...event.currentTarget.querySelectorAll<HTMLElement>('.check')].filter(box =>
    box.checkVisibility(),
  )
  event.preventDefault()
  boxes[boxes.indexOf(event.target) + step]?.focus()
}

const Column = ({
  id,
  name,
  rate,
  pair,
  promises,
  changes,
  reload,
}: {
  id: string
  name: string
  rate: string | null
  pair: PairView
  promises: readonly PromiseView[]
  changes: ReadonlyMap<string, readonly PromiseChange[]>
  reload: () => Promise<void>
}) => {
  const open = promises.filter(({ state }) => state === 'open')
  const closed = promises.filter(({ state }) => state !== 'open')
  const row = (promise: PromiseView) => (
    <LedgerRow
      key={promise.id}
      pair={pair}
      promise={promise}
      changes={changes.get(promise.id) ?? []}
      reload={reload}
    />
  )
  return (
    <section aria-labelledby={id}>
      <div class="kept">
        <h2 id={id}>{name}</h2>
        {rate && <p class="quiet">{rate}</p>}
      </div>
      {open.length === 0 && <p class="quiet space">Nothing is open.</p>}
      <ul>{open.map(row)}</ul>
      {closed.length > 0 && (
        <details>
          <summary>Kept and dropped, {closed.length}</summary>
          <ul>{closed.map(row)}</ul>
        </details>
      )}
    </section>
  )
}

/** What we said we would do: two equal columns, the same for both sides. */
export const Promises = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const page = useLoaded<PairPage>(`/pairs/${id}`, id)
  const { value, error, reload } = useLoaded<PromisesPage>(`/pairs/${id}/promises`, id)
  const [adding, setAdding] = useState(false)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const pair = page.value?.pair
  const sides = pair && value ? bySide(pair, value.promises) : undefined
  const changes = Map.groupBy(value?.changes ?? [], ({ promise }) => promise)
  const column = (side: 'manager' | 'report') =>
    pair &&
    sides && (
      <Column
        key={side}
        id={`side-${side}`}
        name={pair.me === side ? 'You' : firstName(pair[side].name)}
        rate={rateWords(value?.rates.find(({ person }) => person === pair[side].id))}
        pair={pair}
        promises={sides[side]}
        changes={changes}
        reload={reload}
      />
    )
  return (
    <>
      <Bar me={me} pair={pair} section="promises" onSignedOut={onSignedOut} />
      <main class="spread wide" id="page">
        <div class="sheet">
          <header>
            <div class="head">
              <Title title="Promises">Promises</Title>
              {page.value && !adding && (
                <button class="b" type="button" onClick={() => setAdding(true)}>
                  Add a promise
                </button>
              )}
            </div>
            <p class="lede">
              What you said you would do for each other, and whether it happened. The same for both sides.
            </p>
            {pair && (
              <p class="page-sees">
                <BothSee>You and {firstName(otherOf(pair).name)} see all of this</BothSee>
              </p>
            )}
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {adding && page.value && (
            <AddPromise
              page={page.value}
              done={added => {
                setAdding(false)
                if (added) void reload()
              }}
            />
          )}
          {pair && sides && (
            <div class="ledger" onKeyDown={walk}>
              {column(pair.me)}
              {column(pair.me === 'manager' ? 'report' : 'manager')}
              {sides.nobody.length > 0 && (
                <Column
                  id="side-nobody"
                  name="Nobody yet"
                  rate={null}
                  pair={pair}
                  promises={sides.nobody}
                  changes={changes}
                  reload={reload}
                />
              )}
            </div>
          )}
        </div>
      </main>
      {pair && <Dock pair={pair} section="promises" />}
    </>
  )
}
