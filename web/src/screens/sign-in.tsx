import { useState } from 'preact/hooks'
import type { Me } from '../../../src/domain/api/account.ts'
import { post, sentence } from '../api.ts'
import { submits, useOnce } from '../once.ts'
import { Field } from '../parts/field.tsx'
import { Mark } from '../parts/icon.tsx'
import { Title } from '../parts/signs.tsx'

export const SignIn = ({ onIn }: { onIn: (me: Me) => void }) => {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = useOnce(async () => {
    setBusy(true)
    try {
      onIn(await post<Me>('/session', { email, password }))
    } catch (failure) {
      setError(sentence(failure))
      document.getElementById('password')?.focus()
    } finally {
      setBusy(false)
    }
  })
  return (
    <div class="door">
      <main id="page" class="door-in">
        <p class="door-mark">
          <Mark />
          <span>Rapport</span>
        </p>
        <Title title="Sign in">Sign in</Title>
        <form class="stack space" onSubmit={submits(submit)}>
          <Field
            id="email"
            label="E-mail"
            type="email"
            autocomplete="username"
            required
            value={email}
            onInput={event => setEmail(event.currentTarget.value)}
          />
          <Field
            id="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            required
            value={password}
            error={error}
            onInput={event => setPassword(event.currentTarget.value)}
          />
          <button class="b main" type="submit" disabled={busy}>
            Sign in
          </button>
        </form>
        <p class="small quiet space">
          Forgot it? Ask the other person in your 1:1 for a new link. It lets you in and lets them see
          nothing.
        </p>
      </main>
    </div>
  )
}
