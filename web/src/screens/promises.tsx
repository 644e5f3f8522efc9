import type { PromiseView } from '../../../src/domain/api/findings.ts'
import type { PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure } from '../api.ts'
import { daysFromToday, firstName, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { bySide, PromiseRow } from '../parts/promise-row.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'

/** "Kept 3 of 5 on time", open ones whose day has gone by among the five: in words, and only from five on. */
const rate = (promises: readonly PromiseView[]): string => {
  const counted = promises.filter(
    ({ state, due }) => due !== null && (state !== 'open' || daysFromToday(due) < 0),
  )
  if (counted.length < 5) return 'Too few to count yet'
  const onTime = counted.filter(
    ({ state, due, closedAt }) =>
      state === 'done' && closedAt !== null && due !== null && closedAt.slice(0, 10) <= due,
  )
  return `Kept ${onTime.length} of ${counted.length} on time`
}

const Column = ({
  id,
  name,
  pair,
  promises,
  reload,
}: {
  id: string
  name: string
  pair: PairView
  promises: readonly PromiseView[]
  reload: () => Promise<void>
}) => {
  const open = promises.filter(({ state }) => state === 'open')
  const closed = promises.filter(({ state }) => state !== 'open')
  return (
    <section aria-labelledby={id}>
      <div class="kept">
        <h2 id={id}>{name}</h2>
        <p class="quiet">{rate(promises)}</p>
      </div>
      {open.length === 0 && <p class="quiet space">Nothing is open.</p>}
      <ul>
        {open.map(promise => (
          <PromiseRow key={promise.id} pair={pair} promise={promise} reload={reload} full />
        ))}
      </ul>
      {closed.length > 0 && (
        <details>
          <summary>Kept and dropped, {closed.length}</summary>
          <ul>
            {closed.map(promise => (
              <PromiseRow key={promise.id} pair={pair} promise={promise} reload={reload} full />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** What we said we would do: two equal columns, the same for both sides. */
export const Promises = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const page = useLoaded<PairPage>(`/pairs/${id}`, id)
  const { value, error, reload } = useLoaded<{ promises: PromiseView[] }>(`/pairs/${id}/promises`, id)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const pair = page.value?.pair
  const sides = pair && value ? bySide(pair, value.promises) : undefined
  return (
    <>
      <Bar me={me} pair={pair} section="promises" onSignedOut={onSignedOut} />
      <main class="spread wide" id="page">
        <div class="sheet">
          <header>
            <Title title="Promises">Promises</Title>
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
          {pair && sides && (
            <div class="ledger">
              <Column id="side-mine" name="You" pair={pair} promises={sides[pair.me]} reload={reload} />
              <Column
                id="side-other"
                name={firstName(otherOf(pair).name)}
                pair={pair}
                promises={sides[pair.me === 'manager' ? 'report' : 'manager']}
                reload={reload}
              />
              {sides.nobody.length > 0 && (
                <Column
                  id="side-nobody"
                  name="Nobody yet"
                  pair={pair}
                  promises={sides.nobody}
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
