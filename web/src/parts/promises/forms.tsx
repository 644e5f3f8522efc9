import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PromiseView } from '../../../../src/domain/api/findings.ts'
import type { PairView } from '../../../../src/domain/api/pairs.ts'
import { firstName, meOf, otherOf, shortDay } from '../../format.ts'
import { submits, useOnce } from '../../once.ts'
import type { Wish } from '../../outbox.ts'

interface Props {
  readonly pair: PairView
  readonly promise: PromiseView
  readonly save: (wish: Wish, done: string) => Promise<void>
  readonly leave: () => void
}

/** A small form under a row: the focus is in its first field, Escape leaves it. */
const UnderRow = ({
  label,
  submit,
  words,
  leave,
  children,
}: {
  label: string
  submit: () => Promise<void>
  words: string
  leave: () => void
  children: ComponentChildren
}) => {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input:checked, input')?.focus(), [])
  return (
    <form
      class="settle-form"
      ref={form}
      aria-label={label}
      onSubmit={submits(useOnce(submit))}
      onKeyDown={event => event.key === 'Escape' && leave()}
    >
      {children}
      <p class="row">
        <button class="b main tiny" type="submit">
          {words}
        </button>
        <button class="b plain tiny" type="button" onClick={leave}>
          Leave it
        </button>
      </p>
    </form>
  )
}

/** Dropping says why, to both; a reason is asked for and not demanded. */
export const Drop = ({ promise, pair, save, leave }: Props) => {
  const [why, setWhy] = useState('')
  const other = firstName(otherOf(pair).name)
  return (
    <UnderRow
      label={`Drop: ${promise.text}`}
      words="Drop it"
      leave={leave}
      submit={() => save({ state: 'dropped', ...(why.trim() === '' ? {} : { why: why.trim() }) }, 'Dropped')}
    >
      <div class="f">
        <label for={`why-${promise.id}`}>Why, if you like. {other} sees it too.</label>
        <input
          class="in said"
          id={`why-${promise.id}`}
          maxLength={300}
          value={why}
          onInput={event => setWhy(event.currentTarget.value)}
        />
      </div>
    </UnderRow>
  )
}

export const OtherDay = ({ promise, save, leave }: Props) => {
  const [due, setDue] = useState(promise.due ?? '')
  return (
    <UnderRow
      label={`Another day for: ${promise.text}`}
      words="Set the day"
      leave={leave}
      submit={async () =>
        due === (promise.due ?? '')
          ? leave()
          : save({ due: due === '' ? null : due }, due === '' ? 'Without a day' : `By ${shortDay(due)}`)
      }
    >
      <div class="f">
        <label for={`due-${promise.id}`}>By when</label>
        <input
          class="in"
          id={`due-${promise.id}`}
          type="date"
          value={due}
          onInput={event => setDue(event.currentTarget.value)}
        />
      </div>
    </UnderRow>
  )
}

export const Owner = ({ promise, pair, save, leave }: Props) => {
  const [owner, setOwner] = useState(promise.owner)
  const people = [
    { id: meOf(pair).id, name: 'You' },
    { id: otherOf(pair).id, name: firstName(otherOf(pair).name) },
    { id: null, name: 'Nobody yet' },
  ]
  const name = people.find(({ id }) => id === owner)?.name ?? ''
  return (
    <UnderRow
      label={`Whose: ${promise.text}`}
      words="Set it"
      leave={leave}
      submit={async () =>
        owner === promise.owner
          ? leave()
          : save({ owner }, `Now with ${name.toLowerCase() === 'you' ? 'you' : name}`)
      }
    >
      <span class="choice tall" role="radiogroup" aria-label="Whose it is">
        {people.map(one => (
          <label key={one.name}>
            <input
              type="radio"
              name={`owner-${promise.id}`}
              checked={owner === one.id}
              onChange={() => setOwner(one.id)}
            />
            {one.name}
          </label>
        ))}
      </span>
    </UnderRow>
  )
}
