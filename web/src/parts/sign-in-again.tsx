import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me } from '../../../src/domain/api/account.ts'
import { post, sentence } from '../api.ts'
import { focused, isTyping } from '../keys.ts'
import { submits, useOnce } from '../once.ts'
import { Field } from './field.tsx'

const rest = 1_000

/** Not in the middle of a sentence: the words would go on in the field for the password. */
const openAtRest = (open: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(end, rest)
  }
  const end = () => {
    stop()
    open()
  }
  const stop = () => {
    clearTimeout(timer)
    removeEventListener('keydown', wait, true)
  }
  timer = setTimeout(end, isTyping(focused()) ? rest : 0)
  addEventListener('keydown', wait, true)
  return stop
}

/** The session ended while somebody worked: the page stays as it is, with all that was typed. */
export const SignInAgain = ({
  me,
  onIn,
  onLeave,
}: {
  me: Me
  onIn: (me: Me) => void
  onLeave: () => void
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  useEffect(() => openAtRest(() => dialog.current?.showModal()), [])
  const submit = useOnce(async () => {
    try {
      onIn(await post<Me>('/session', { email: me.person.email ?? '', password }))
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby="again" onCancel={event => event.preventDefault()}>
      <h2 id="again">You have been signed out</h2>
      <p class="quiet">What you typed is still on this page. Sign in to go on.</p>
      <form class="stack space" onSubmit={submits(submit)}>
        <Field
          id="again-password"
          label="Password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          error={error}
          onInput={event => setPassword(event.currentTarget.value)}
        />
        <p class="row">
          <button class="b main" type="submit">
            Sign in
          </button>
          <button class="b plain" type="button" onClick={onLeave}>
            I am not {me.person.name}
          </button>
        </p>
      </form>
    </dialog>
  )
}
