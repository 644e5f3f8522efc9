import { useRef, useState } from 'preact/hooks'
import type { Observation } from '../../../src/domain/api/feedback.ts'
import { post, remove, sentence } from '../api.ts'
import { longDay, shortDay } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { OnlyYou } from './signs.tsx'

interface Props {
  readonly pair: string
  readonly other: string
  readonly observations: readonly Observation[]
  readonly reload: () => Promise<void>
  readonly start: (rough: string) => void
}

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

/** A private list of things seen, dated, so that feedback is written in time and not once a year. */
export const Noticed = ({ pair, other, observations, reload, start }: Props) => {
  const [text, setText] = useState('')
  const [on, setOn] = useState(today())
  const field = useRef<HTMLInputElement>(null)
  const add = useOnce(async () => {
    if (text.trim() === '') return field.current?.focus()
    try {
      await post(`/pairs/${pair}/observations`, { on, text: text.trim() })
      setText('')
      await reload()
      field.current?.focus()
    } catch (failure) {
      say(sentence(failure))
    }
  })
  const drop = async (one: Observation) => {
    await remove(`/pairs/${pair}/observations/${one.id}`)
    await reload()
    say('Taken off your list', async () => {
      await post(`/pairs/${pair}/observations`, { on: one.on, text: one.text })
      await reload()
    })
  }
  return (
    <section aria-labelledby="noticed">
      <div class="private">
        <div class="head">
          <h2 id="noticed">Things you noticed</h2>
          <OnlyYou>Only you. {other} and administrators cannot read it</OnlyYou>
        </div>
        {observations.length === 0 && (
          <p class="quiet">A line on the day it happens is worth more than a page a year later.</p>
        )}
        <ul class="said less">
          {observations.map(one => (
            <li key={one.id}>
              {longDay(one.on)}. {one.text}{' '}
              <span class="row hang">
                <button
                  class="b plain tiny"
                  type="button"
                  aria-label={`Write from it: ${one.text}`}
                  onClick={() => start(`On ${shortDay(one.on)}: ${one.text}`)}
                >
                  Write from it
                </button>
                <button
                  class="b plain tiny"
                  type="button"
                  aria-label={`Take it off: ${one.text}`}
                  onClick={() => void drop(one)}
                >
                  Take it off
                </button>
              </span>
            </li>
          ))}
        </ul>
        <form class="add space" aria-label="Add something you noticed" onSubmit={submits(add)}>
          <input
            ref={field}
            class="in said"
            aria-label="What did you see?"
            placeholder="What did you see?"
            value={text}
            onInput={event => setText(event.currentTarget.value)}
          />
          <input
            class="in"
            type="date"
            aria-label="On which day"
            value={on}
            onInput={event => setOn(event.currentTarget.value)}
          />
          <button class="b" type="submit">
            Note it
          </button>
        </form>
      </div>
    </section>
  )
}
