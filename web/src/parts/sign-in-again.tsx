import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me } from '../../../src/domain/api/account.ts'
import { post, sentence } from '../api.ts'
import { Field } from './field.tsx'

/** The session ended while somebody worked: the page stays as it is, with all that was typed. */
export const SignInAgain = ({ email, onIn }: { email: string; onIn: (me: Me) => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  useEffect(() => dialog.current?.showModal(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    try {
      onIn(await post<Me>('/session', { email, password }))
    } catch (failure) {
      setError(sentence(failure))
    }
  }
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby="again" onCancel={event => event.preventDefault()}>
      <h2 id="again">You have been signed out</h2>
      <p class="quiet">What you typed is still on this page. Sign in to go on.</p>
      <form class="stack space" onSubmit={event => void submit(event)}>
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
        <button class="b main" type="submit">
          Sign in
        </button>
      </form>
    </dialog>
  )
}
