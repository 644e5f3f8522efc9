import { useState } from 'preact/hooks'
import type { Handover as Page } from '../../../src/domain/api/handover.ts'
import { post, sentence } from '../api.ts'
import { firstName, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { address, go } from '../route.ts'
import { say } from '../say.ts'
import { FieldError } from './signs.tsx'

/** For the report, when the manager changes: ticks what goes along, sees it as it will look, gives it. */
export const Handover = ({ pair }: { pair: string }) => {
  const { value } = useLoaded<Page>(`/pairs/${pair}/handover`, pair)
  const [stays, setStays] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string>()
  const [error, setError] = useState<string>()
  const to = value?.to.find(one => one.pair === chosen) ?? value?.to[0]
  const give = useOnce(async () => {
    if (!value || !to) return
    const going = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).filter(id => !stays.has(id))
    try {
      await post(`/pairs/${pair}/handover`, {
        to: to.pair,
        goals: going(value.goals),
        promises: to.hasMeeting ? going(value.promises) : [],
      })
      say(`It stands in your 1:1 with ${firstName(to.manager)} now.`)
      go(address.growth(to.pair))
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  if (!value || !to || value.goals.length + value.promises.length === 0) return null
  const tick = (id: string, words: string) => (
    <label class="pick" key={id}>
      <input
        class="check"
        type="checkbox"
        checked={!stays.has(id)}
        onChange={event => {
          const next = new Set(stays)
          if (event.currentTarget.checked) next.delete(id)
          else next.add(id)
          setStays(next)
        }}
      />
      <span class="said less">{words}</span>
    </label>
  )
  return (
    <section aria-labelledby="handover">
      <h2 id="handover">When your manager changes</h2>
      <details>
        <summary>Take it along</summary>
        <form class="stack space" onSubmit={submits(give)}>
          {value.to.length > 1 && (
            <div class="f">
              <label for="handover-to">To your 1:1 with</label>
              <select
                class="in"
                id="handover-to"
                value={to.pair}
                onChange={event => setChosen(event.currentTarget.value)}
              >
                {value.to.map(one => (
                  <option key={one.pair} value={one.pair}>
                    {one.manager}
                  </option>
                ))}
              </select>
            </div>
          )}
          <p class="small quiet">
            You choose, {firstName(to.manager)} then reads it as it stands here. Notes, feedback and what was
            said stay in this 1:1.
          </p>
          {value.goals.map(({ id, text }) => tick(id, text))}
          {to.hasMeeting
            ? value.promises.map(({ id, text, due }) => tick(id, due ? `${text}, by ${shortDay(due)}` : text))
            : value.promises.length > 0 && (
                <p class="small quiet">Your promises can go along once the two of you have a meeting.</p>
              )}
          {error && <FieldError id="handover-error">{error}</FieldError>}
          <p>
            <button class="b" type="submit">
              Give it to {firstName(to.manager)}
            </button>
          </p>
        </form>
      </details>
    </section>
  )
}
