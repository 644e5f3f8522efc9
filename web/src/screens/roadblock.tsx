import { useState } from 'preact/hooks'
import type { PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import type { MentionView, RoadblockPage, RoadblockView } from '../../../src/domain/api/roadblocks.ts'
import { ApiFailure, patch, post, sentence } from '../api.ts'
import { countWords, daysFromToday, firstName, otherOf, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { useOnce } from '../once.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Decide } from '../parts/roadblock-decide.tsx'
import { decisionWords, RoadblockRow, saidIn } from '../parts/roadblock-row.tsx'
import { Thread } from '../parts/roadblock-thread.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'
import { say } from '../say.ts'
import type { ScreenProps } from '../screen.ts'

const lede = (roadblock: RoadblockView): string => {
  if (roadblock.state === 'resolved')
    return `${saidIn(roadblock)}, gone since ${shortDay(roadblock.resolvedAt ?? '')}.`
  const days = -daysFromToday(roadblock.said[0] ?? new Date().toISOString())
  return days > 0
    ? `${saidIn(roadblock)}, open for ${countWords(days, 'day', 'days').toLowerCase()}.`
    : `${saidIn(roadblock)}.`
}

interface Acts {
  readonly pair: PairView
  readonly page: RoadblockPage
  readonly reload: () => Promise<void>
}

/** Not the same thing, the same as another, or gone: each with a way back. */
const ByHand = ({ pair, page, reload }: Acts) => {
  const [doing, begin] = useState<'split' | 'merge'>()
  const at = `/pairs/${pair.id}/roadblocks`
  const { roadblock, others, mentions } = page
  const trying = async (work: () => Promise<unknown>) => {
    begin(undefined)
    try {
      await work()
    } catch (error) {
      say(sentence(error))
    }
    await reload()
  }
  const settle = useOnce(() =>
    trying(async () => {
      const state = roadblock.state === 'open' ? 'resolved' : 'open'
      const { version } = await patch<RoadblockView>(`${at}/${roadblock.id}`, {
        version: roadblock.version,
        state,
      })
      say(state === 'resolved' ? 'Resolved.' : 'Open again.', () =>
        trying(() => patch(`${at}/${roadblock.id}`, { version, state: roadblock.state })),
      )
    }),
  )
  const split = (meeting: readonly MentionView[]) =>
    trying(async () => {
      const ids = meeting.map(({ id }) => id)
      const made = await post<{ roadblock: string }>(`${at}/${roadblock.id}/split`, { mentions: ids })
      say('Split: it is a roadblock of its own now.', () =>
        trying(() => post(`${at}/${made.roadblock}/merge`, { into: roadblock.id, mentions: ids })),
      )
    })
  const merge = (into: string) =>
    trying(async () => {
      const { mentions: ids } = await post<{ mentions: string[] }>(`${at}/${roadblock.id}/merge`, { into })
      go(address.roadblock(pair.id, into), true)
      say('Merged.', () => trying(() => post(`${at}/${into}/split`, { mentions: ids })))
    })
  const meetings = [...Map.groupBy(mentions, ({ meeting }) => meeting).values()]
  return (
    <>
      <p class="row small hang">
        {meetings.length > 1 && (
          <button
            class="b plain tiny"
            type="button"
            aria-expanded={doing === 'split'}
            onClick={() => begin('split')}
          >
            Not the same thing: split
          </button>
        )}
        {others.length > 0 && (
          <button
            class="b plain tiny"
            type="button"
            aria-expanded={doing === 'merge'}
            onClick={() => begin('merge')}
          >
            Merge with another
          </button>
        )}
        <button class="b plain tiny" type="button" onClick={() => void settle()}>
          {roadblock.state === 'open' ? 'It is resolved' : 'It is not resolved'}
        </button>
      </p>
      {doing && (
        <section
          class="plate"
          aria-label={doing === 'split' ? 'Which meeting is about something else' : 'Merge with'}
        >
          <h2>
            {doing === 'split' ? 'Which meeting was about something else?' : 'Which one is it the same as?'}
          </h2>
          <ul class="stack space">
            {doing === 'split'
              ? meetings.map(said => (
                  <li key={said[0]?.meeting}>
                    <button class="b" type="button" onClick={() => void split(said)}>
                      {shortDay(said[0]?.at ?? '')}
                    </button>{' '}
                    <span class="said less">{said[0]?.text}</span>
                  </li>
                ))
              : others.map(other => (
                  <li key={other.id}>
                    <button class="b" type="button" onClick={() => void merge(other.id)}>
                      {other.text}
                    </button>
                  </li>
                ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** One roadblock: its decision when it came back, and what was said in each meeting. */
export const Roadblock = ({
  me,
  onSignedOut,
  pair: id,
  roadblock,
}: ScreenProps & { pair: string; roadblock: string }) => {
  const { value: pairPage } = useLoaded<PairPage>(`/pairs/${id}`, id)
  const { value, error, reload } = useLoaded<RoadblockPage>(`/pairs/${id}/roadblocks/${roadblock}`, id)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const pair = pairPage?.pair
  const others = (state: 'open' | 'resolved') => value?.others.filter(other => other.state === state) ?? []
  return (
    <>
      <Bar me={me} pair={pair} section="roadblocks" onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {pair && value && (
            <>
              <header>
                <p class="small kicker">
                  <a href={address.roadblocks(pair.id)}>Roadblocks</a>
                </p>
                <Title title={value.roadblock.text} said>
                  {value.roadblock.text}
                </Title>
                <p class="lede">{lede(value.roadblock)}</p>
                <p class="page-sees">
                  <BothSee>You and {firstName(otherOf(pair).name)} see this</BothSee>
                </p>
              </header>
              {value.roadblock.needsDecision && (
                <Decide pair={pair} roadblock={value.roadblock} reload={reload} next={pairPage.next} />
              )}
              {value.roadblock.decision && (
                <section aria-labelledby="decided">
                  <h2 id="decided">What you decided</h2>
                  <p class="said space">{value.roadblock.decision.what}</p>
                  <p class="quiet">
                    {shortDay(value.roadblock.decision.decidedAt)}.{' '}
                    {decisionWords(pair, value.roadblock.decision)}
                    {value.roadblock.needsDecision && ' It was said again after that.'}
                  </p>
                </section>
              )}
              <section aria-labelledby="thread">
                <h2 id="thread">What was said</h2>
                <Thread pair={pair} mentions={value.mentions} />
                <ByHand pair={pair} page={value} reload={reload} />
              </section>
            </>
          )}
        </main>
        <aside class="rail" aria-label="Other roadblocks">
          {(['open', 'resolved'] as const).map(state => (
            <section key={state} aria-labelledby={`others-${state}`}>
              <h2 id={`others-${state}`}>
                {state === 'open' ? 'Other roadblocks' : 'Resolved'}
                {state === 'resolved' && <span class="count">{others(state).length}</span>}
              </h2>
              {pair && others(state).length > 0 ? (
                <ul class="stack">
                  {others(state).map(other => (
                    <RoadblockRow key={other.id} pair={pair} roadblock={other} />
                  ))}
                </ul>
              ) : (
                <p class="small quiet">{state === 'open' ? 'No other is open.' : 'None so far.'}</p>
              )}
            </section>
          ))}
        </aside>
      </div>
      {pair && <Dock pair={pair} section="roadblocks" />}
    </>
  )
}
