import { useEffect } from 'preact/hooks'
import type { PairRow } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { countWords, daysFromToday, longDay, otherOf, timeOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar } from '../parts/bar.tsx'
import { Failed, Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'

const nextWords = ({ next }: PairRow): string => {
  if (!next) return 'Not planned'
  const days = daysFromToday(next.local)
  const day = days === 0 ? 'Today' : days === 1 ? 'Tomorrow' : longDay(next.local)
  return `${day}, ${timeOf(next.local)}`
}

/** Your 1:1s, in the order you meet. With one only, this page is skipped. */
export const Home = ({ me, onSignedOut }: ScreenProps) => {
  const { value, error, reload } = useLoaded<{ pairs: PairRow[] }>('/pairs')
  const pairs = value?.pairs
  const [only, another] = pairs ?? []
  useEffect(() => {
    if (pairs?.length === 0) go('/new', true)
    else if (only && !another) go(address.pair(only.pair.id), true)
  }, [pairs, only, another])
  if (!pairs && !error) return <Bar me={me} onSignedOut={onSignedOut} />
  const inOrder = (pairs ?? []).toSorted((one, two) =>
    (one.next?.at ?? '9').localeCompare(two.next?.at ?? '9'),
  )
  return (
    <>
      <Bar me={me} onSignedOut={onSignedOut} />
      <main class="spread single" id="page">
        <div class="sheet">
          <header>
            <div class="row apart">
              <Title title="Your 1:1s">Your 1:1s</Title>
              <span class="row">
                <a class="b plain" href="/transcripts">
                  Old transcripts
                </a>
                <a class="b" href="/new">
                  Add a 1:1
                </a>
              </span>
            </div>
            <p class="lede">
              In the order you meet. It shows what is yours to do, and nothing about how anybody is doing.
            </p>
          </header>
          {error ? <Failed error={error} again={() => void reload()} /> : null}
          <ul class="mine-list">
            {inOrder.map(row => (
              <li key={row.pair.id}>
                <time dateTime={row.next?.at}>{nextWords(row)}</time>
                <div>
                  <h2>
                    <a href={address.pair(row.pair.id)}>{otherOf(row.pair).name}</a>{' '}
                    {row.pair.me === 'report' && <span class="small faint">your manager</span>}
                  </h2>
                  <p class="quiet">
                    {row.waiting > 0
                      ? `${countWords(row.waiting, 'finding waits', 'findings wait')}.`
                      : 'Nothing waits for you.'}
                    {!row.next && <span class="look"> No next meeting is planned.</span>}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </div>
      </main>
    </>
  )
}
