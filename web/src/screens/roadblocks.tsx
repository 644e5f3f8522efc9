import type { PairPage } from '../../../src/domain/api/pairs.ts'
import type { RoadblockView } from '../../../src/domain/api/roadblocks.ts'
import { ApiFailure } from '../api.ts'
import { firstName, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Rail } from '../parts/rail.tsx'
import { RoadblockRow } from '../parts/roadblock-row.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'
import type { ScreenProps } from '../screen.ts'

/** What stands in the way: open threads, the oldest first, then what is gone. */
export const Roadblocks = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const page = useLoaded<PairPage>(`/pairs/${id}`, id)
  const { value, error, reload } = useLoaded<{ roadblocks: RoadblockView[] }>(`/pairs/${id}/roadblocks`, id)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const pair = page.value?.pair
  const open = value?.roadblocks.filter(({ state }) => state === 'open') ?? []
  const gone = value?.roadblocks.filter(({ state }) => state === 'resolved') ?? []
  return (
    <>
      <Bar me={me} pair={pair} section="roadblocks" onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          <header>
            <Title title="Roadblocks">Roadblocks</Title>
            <p class="lede">What stood in the way, in how many meetings, and what became of it.</p>
            {pair && (
              <p class="page-sees">
                <BothSee>You and {firstName(otherOf(pair).name)} see this</BothSee>
              </p>
            )}
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {pair && value && (
            <>
              <section aria-labelledby="open-roadblocks">
                <h2 id="open-roadblocks">Open</h2>
                {open.length === 0 && (
                  <p class="quiet space">
                    Nothing is in the way. What you confirm after a meeting stands here.
                  </p>
                )}
                <ul class="stack space">
                  {open.map(roadblock => (
                    <RoadblockRow key={roadblock.id} pair={pair} roadblock={roadblock} />
                  ))}
                </ul>
              </section>
              {gone.length > 0 && (
                <section aria-labelledby="gone-roadblocks">
                  <h2 id="gone-roadblocks">Resolved</h2>
                  <ul class="stack space">
                    {gone.map(roadblock => (
                      <RoadblockRow key={roadblock.id} pair={pair} roadblock={roadblock} />
                    ))}
                  </ul>
                </section>
              )}
            </>
          )}
        </main>
        {pair && <Rail pair={pair} />}
      </div>
      {pair && <Dock pair={pair} section="roadblocks" />}
    </>
  )
}
