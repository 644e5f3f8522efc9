import { useEffect, useRef, useState } from 'preact/hooks'
import type { Goal } from '../../../src/domain/api/growth.ts'
import { post, sentence } from '../api.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'

const placeholders = {
  goal: 'What would you like to be able to do in a year?',
  stretch: 'Something a size too large, with help',
  skill: 'Something to become better at',
}

/** A field to add one, behind a press where there is one already: most come here to read. */
export const AddGoal = ({
  pair,
  kind,
  label,
  open: isFirst,
  reload,
}: {
  pair: string
  kind: Goal['kind']
  label: string
  open: boolean
  reload: () => Promise<void>
}) => {
  const [opened, setOpened] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (opened) first.current?.focus()
  }, [opened])
  const [text, setText] = useState('')
  const [day, setDay] = useState('')
  const add = useOnce(async () => {
    if (text.trim() === '') return
    try {
      await post(`/pairs/${pair}/goals`, { kind, text: text.trim(), day: day || null })
      setText('')
      setDay('')
      setOpened(false)
      await reload()
    } catch (failure) {
      say(sentence(failure))
    }
  })
  if (!opened && !isFirst)
    return (
      <p class="space-s">
        <button class="b plain tiny inline" type="button" onClick={() => setOpened(true)}>
          {label}
        </button>
      </p>
    )
  return (
    <form class={kind === 'skill' ? 'add two space' : 'add space'} aria-label={label} onSubmit={submits(add)}>
      <input
        class="in said"
        aria-label={`${label}: what`}
        ref={first}
        placeholder={placeholders[kind]}
        value={text}
        onInput={event => setText(event.currentTarget.value)}
      />
      {kind !== 'skill' && (
        <input
          class="in"
          type="date"
          aria-label={kind === 'goal' ? 'Until when' : 'Look at it on'}
          value={day}
          onInput={event => setDay(event.currentTarget.value)}
        />
      )}
      <button class="b" type="submit">
        {label}
      </button>
    </form>
  )
}
