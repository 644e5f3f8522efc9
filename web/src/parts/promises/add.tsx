import { useEffect, useRef, useState } from 'preact/hooks'
import type { Finding } from '../../../../src/domain/api/findings.ts'
import type { PairPage } from '../../../../src/domain/api/pairs.ts'
import { post, sentence } from '../../api.ts'
import { firstName, meOf, otherOf } from '../../format.ts'
import { submits, useOnce } from '../../once.ts'
import { say } from '../../say.ts'
import { FieldError } from '../signs.tsx'

/** A promise that no transcript holds: it belongs to the last meeting there was, else to the next. */
export const AddPromise = ({
  page: { pair, meetings, next },
  done,
}: {
  page: PairPage
  done: (added: boolean) => void
}) => {
  const [text, setText] = useState('')
  const [owner, setOwner] = useState<string>(meOf(pair).id)
  const [due, setDue] = useState('')
  const [error, setError] = useState<string>()
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const meeting = meetings.find(({ state }) => state === 'held')?.id ?? next?.id ?? meetings[0]?.id
  const add = useOnce(async () => {
    if (text.trim() === '' || meeting === undefined)
      return setError(
        meeting === undefined ? 'A promise belongs to a meeting. Plan one first.' : 'Say what will be done.',
      )
    try {
      await post<Finding>(`/pairs/${pair.id}/findings`, {
        meeting,
        transcript: null,
        kind: 'action-item',
        text: text.trim(),
        owner,
        due: due === '' ? null : due,
        evidence: [],
      })
      say(`Added: ${text.trim()}`)
      done(true)
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <form class="plate settle-form" aria-label="Add a promise" onSubmit={submits(add)}>
      <div class="f">
        <label for="promise-what">What will be done</label>
        <input
          class="in said"
          id="promise-what"
          maxLength={300}
          ref={first}
          value={text}
          aria-describedby={error ? 'promise-error' : undefined}
          onInput={event => setText(event.currentTarget.value)}
        />
        {error && <FieldError id="promise-error">{error}</FieldError>}
      </div>
      <div class="row">
        <div class="f">
          <span class="label" id="promise-who">
            By whom
          </span>
          <span class="choice tall" role="radiogroup" aria-labelledby="promise-who">
            {[meOf(pair), otherOf(pair)].map(({ id, name }, index) => (
              <label key={id}>
                <input
                  type="radio"
                  name="promise-owner"
                  checked={owner === id}
                  onChange={() => setOwner(id)}
                />
                {index === 0 ? 'You' : firstName(name)}
              </label>
            ))}
          </span>
        </div>
        <div class="f">
          <label for="promise-when">By when</label>
          <input
            class="in"
            id="promise-when"
            type="date"
            value={due}
            onInput={event => setDue(event.currentTarget.value)}
          />
        </div>
      </div>
      <p class="row">
        <button class="b main" type="submit">
          Add it
        </button>
        <button class="b plain" type="button" onClick={() => done(false)}>
          Leave it
        </button>
      </p>
    </form>
  )
}
