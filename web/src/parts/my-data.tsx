import { useState } from 'preact/hooks'
import type { Me } from '../../../src/domain/api/account.ts'
import { post } from '../api.ts'
import { say } from '../say.ts'
import { Erase } from './erase.tsx'
import { Field } from './field.tsx'

/** Taking along what is mine, and leaving for good. */
export const MyData = ({ me, onSignedOut }: { me: Me; onSignedOut: () => void }) => {
  const [password, setPassword] = useState('')
  return (
    <section aria-labelledby="a-data">
      <h2 id="a-data">My data</h2>
      <p class="small quiet space">
        All that you may read here, your own notes and drafts included. Keep it where only you can read it.
      </p>
      <p class="space">
        <a href="/api/me/export.md" download="rapport.md">
          Save it to read
        </a>{' '}
        or{' '}
        <a href="/api/me/export" download="rapport.json">
          as JSON
        </a>
        , with every row as it stands.
      </p>
      {me.owner ? (
        <p class="small quiet space">You own this workspace: your account stays as long as it is in use.</p>
      ) : (
        <Erase
          id="erase-me"
          summary="Erase my account"
          label={`Type ${me.person.name} to go on`}
          hint="your name as it stands above"
          act="Erase me"
          before={
            <Field
              id="erase-password"
              label="Password"
              type="password"
              autocomplete="current-password"
              required
              value={password}
              onInput={event => setPassword(event.currentTarget.value)}
            />
          }
          onErase={async name => {
            await post('/me/erasure', { name, password })
            say('Your account is erased.')
            onSignedOut()
          }}
        >
          Your account, your own notes, drafts and everything only you can read go. In what you shared you are
          called “former colleague”, and the lines you spoke go. What others wrote stays.
        </Erase>
      )}
    </section>
  )
}
