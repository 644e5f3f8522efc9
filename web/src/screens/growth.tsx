import { useState } from 'preact/hooks'
import type { Goal, GrowthPage } from '../../../src/domain/api/growth.ts'
import { ApiFailure, patch, post, sentence } from '../api.ts'
import { byWords, daysFromToday, firstName, longDay, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { AddGoal } from '../parts/add-goal.tsx'
import { GrowthClock } from '../parts/growth-clock.tsx'
import { Handover } from '../parts/handover.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import type { ScreenProps } from '../screen.ts'

const whenWords = (goal: Goal): { words: string; late: boolean } | null => {
  if (goal.state !== 'open') return { words: goal.state === 'done' ? 'Done' : 'Dropped', late: false }
  if (goal.day === null) return null
  if (goal.kind === 'goal') return { words: `Until ${shortDay(goal.day)}`, late: false }
  const seen = goal.checkIns.some(({ on }) => on >= goal.day!)
  if (daysFromToday(goal.day) < 0 && !seen)
    return { words: `Check was on ${shortDay(goal.day)}, not talked about`, late: true }
  return { words: `Check on ${shortDay(goal.day)}`, late: false }
}

const Stretch = ({
  pair,
  goal,
  reload,
  nameOf,
}: {
  pair: string
  goal: Goal
  reload: () => Promise<void>
  nameOf: (id: string) => string
}) => {
  const [text, setText] = useState('')
  const when = whenWords(goal)
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
  const send = useOnce(async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  })
  const checkIn = async () => {
    if (text.trim() === '') return
    await send(async () => {
      await post(`/pairs/${pair}/goals/${goal.id}/check-ins`, { on: today, text: text.trim() })
      setText('')
    })
  }
  const settle = (state: Goal['state']) =>
    send(() => patch(`/pairs/${pair}/goals/${goal.id}`, { version: goal.version, state }))
  return (
    <li class="promise">
      <input
        class="check"
        type="checkbox"
        aria-label={`Done: ${goal.text}`}
        checked={goal.state === 'done'}
        onChange={event => void settle(event.currentTarget.checked ? 'done' : 'open')}
      />
      <div>
        <p class="said">{goal.text}</p>
        <p class="meta">
          {when && <span class={when.late ? 'look' : ''}>{when.words}</span>}
          <span>Said by {nameOf(goal.saidBy)}</span>
        </p>
        {goal.checkIns.map(one => (
          <p class="small quiet" key={one.id}>
            {shortDay(one.on)}, {nameOf(one.by)}: <span class="said less">{one.text}</span>
          </p>
        ))}
        {goal.state === 'open' && (
          <form class="add two" aria-label={`What was seen of: ${goal.text}`} onSubmit={submits(checkIn)}>
            <input
              class="in said"
              aria-label={`What was seen of it: ${goal.text}`}
              placeholder="What was seen of it?"
              value={text}
              onInput={event => setText(event.currentTarget.value)}
            />
            <button class="b plain tiny" type="submit">
              Note it
            </button>
          </form>
        )}
      </div>
    </li>
  )
}

/** Keeps growth from being forgotten: the clock, the goal in the report's words, and what the two do about it. */
export const Growth = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<GrowthPage>(`/pairs/${id}/growth`, id)
  const pair = value?.pair
  const report = pair ? firstName(pair.report.name) : ''
  const nameOf = (person: string) => (pair ? byWords(pair, person) : '')
  const goals = value?.goals ?? []
  const of = (kind: Goal['kind']) => goals.filter(goal => goal.kind === kind && goal.state !== 'dropped')
  const next = value?.next
  const plan = useOnce(async () => {
    if (!next) return
    try {
      await post(`/pairs/${id}/meetings/${next.id}/agenda`, {
        text: pair?.me === 'report' ? 'Where I want to go' : `Where ${report} wants to go`,
        kind: 'growth',
      })
      say(`On the agenda of ${longDay(next.on)}.`)
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  })
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const last = value?.clock.last
  return (
    <>
      <Bar me={me} pair={pair} section="growth" onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          <header>
            <Title title="Growth">Growth</Title>
            <p class="lede">
              {pair?.me === 'report'
                ? 'Where you want to go, and what the two of you do about it.'
                : `Where ${report} wants to go, and what the two of you do about it.`}
            </p>
            {pair && (
              <p class="page-sees">
                <BothSee>Both of you see this</BothSee>
              </p>
            )}
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {pair && value && (
            <>
              <section aria-labelledby="clock">
                <div class="head">
                  <h2 id="clock">
                    {last ? `Last talked about on ${shortDay(last.on)}` : 'Not talked about yet'}
                  </h2>
                </div>
                <GrowthClock clock={value.clock} />
                {!last && (
                  <p class="quiet">
                    {value.clock.since
                      ? `You have met since ${shortDay(value.clock.since)}.`
                      : 'It counts once it was talked about in a meeting, or was on an agenda and was reached.'}
                  </p>
                )}
                {next &&
                  (next.planned ? (
                    <p class="quiet space">It is on the agenda of {longDay(next.on)}.</p>
                  ) : (
                    <p class="row space">
                      <button class="b main" type="button" onClick={() => void plan()}>
                        Put it on the agenda of {longDay(next.on)}
                      </button>
                    </p>
                  ))}
              </section>
              <section aria-labelledby="goal">
                <div class="head">
                  <h2 id="goal">Goal</h2>
                </div>
                {of('goal').length === 0 && (
                  <p class="quiet space">
                    No goal yet. Good first question: what would you like to be able to do in a year?
                  </p>
                )}
                {of('goal').map(goal => (
                  <div key={goal.id}>
                    <p class="said goal">{goal.text}</p>
                    <p class="small quiet">
                      Said by {nameOf(goal.saidBy)}, {shortDay(goal.saidAt)}. {whenWords(goal)?.words}
                    </p>
                  </div>
                ))}
                <AddGoal
                  pair={id}
                  kind="goal"
                  label="Add a goal"
                  open={of('goal').length === 0}
                  reload={reload}
                />
                <h3 class="space">Stretch work</h3>
                <ul class="agreed">
                  {of('stretch').map(goal => (
                    <Stretch key={goal.id} pair={id} goal={goal} reload={reload} nameOf={nameOf} />
                  ))}
                </ul>
                <AddGoal
                  pair={id}
                  kind="stretch"
                  label="Add stretch work"
                  open={of('stretch').length === 0}
                  reload={reload}
                />
              </section>
            </>
          )}
        </main>
        {pair && value && (
          <aside class="rail" aria-label="Skills">
            <section aria-labelledby="skills">
              <h2 id="skills">Skills {pair.me === 'report' ? 'you work' : `${report} works`} on</h2>
              <ul class="said less">
                {of('skill').map(goal => (
                  <li key={goal.id}>{goal.text}</li>
                ))}
              </ul>
              <AddGoal pair={id} kind="skill" label="Add a skill" open={false} reload={reload} />
            </section>
            {pair.me === 'report' && <Handover pair={id} />}
          </aside>
        )}
      </div>
      {pair && <Dock pair={pair} section="growth" />}
    </>
  )
}
