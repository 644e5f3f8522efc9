import { useState } from 'preact/hooks'
import type { AccountEvent, Me, SessionView } from '../../../src/domain/api/account.ts'
import type { ScreenProps } from '../screen.ts'
import { patch, post, remove, sentence } from '../api.ts'
import { shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { Bar } from '../parts/bar.tsx'
import { Field } from '../parts/field.tsx'
import { Intake } from '../parts/intake.tsx'
import { MyData } from '../parts/my-data.tsx'
import { Reminders } from '../parts/reminders.tsx'
import { Title } from '../parts/signs.tsx'
import { say } from '../say.ts'

const eventWords: Record<string, string> = {
  'first-start-used': 'The workspace was opened',
  'invitation-link-made': 'A link to join was made',
  'invitation-used': 'Joined',
  'recovery-link-made': 'A link for a new password was made',
  'recovery-link-made-on-machine': 'A link for a new password was made on the machine itself',
  'recovery-used': 'The password was set anew with a link',
  'password-changed': 'The password was changed',
  'account-disabled': 'The account was closed',
  'account-active': 'The account was opened again',
  'intake-token-made': 'A token for sending transcripts was made',
  'intake-folder-made': 'A watched folder for transcripts was agreed to',
  'intake-webhook-made': 'A webhook for transcripts was made',
  'data-exported-on-machine': 'The data was exported on the machine itself',
  'person-erased': 'The account was erased',
}

const Myself = ({ me, onMe }: { me: Me; onMe: (me: Me) => void }) => {
  const [name, setName] = useState(me.person.name)
  const [email, setEmail] = useState(me.person.email ?? '')
  const [error, setError] = useState<string>()
  const save = useOnce(async () => {
    try {
      onMe(await patch<Me>('/me', { name, email }))
      setError(undefined)
      say('Saved.')
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <form class="stack space narrow" onSubmit={submits(save)}>
      <Field
        id="my-name"
        label="Name"
        autocomplete="name"
        required
        value={name}
        onInput={event => setName(event.currentTarget.value)}
      />
      <Field
        id="my-email"
        label="E-mail"
        type="email"
        autocomplete="email"
        required
        value={email}
        error={error}
        onInput={event => setEmail(event.currentTarget.value)}
      />
      <p>
        <button class="b" type="submit">
          Save
        </button>
      </p>
    </form>
  )
}

const Password = () => {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [error, setError] = useState<string>()
  const change = useOnce(async () => {
    try {
      await post('/me/password', { current, next })
      setCurrent('')
      setNext('')
      setError(undefined)
      say('The password is changed. Everywhere else you are signed out.')
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <form class="stack space narrow" onSubmit={submits(change)}>
      <Field
        id="now"
        label="Present password"
        type="password"
        autocomplete="current-password"
        required
        value={current}
        error={error}
        onInput={event => setCurrent(event.currentTarget.value)}
      />
      <Field
        id="next"
        label="New password"
        hint="at least 12 characters"
        type="password"
        autocomplete="new-password"
        minLength={12}
        required
        value={next}
        onInput={event => setNext(event.currentTarget.value)}
      />
      <p>
        <button class="b" type="submit">
          Change it
        </button>
      </p>
    </form>
  )
}

/** My account: name, password, where I am signed in, and what was done to it. */
export const Account = ({ me, onMe, onSignedOut }: ScreenProps & { onMe: (me: Me) => void }) => {
  const sessions = useLoaded<{ sessions: SessionView[] }>('/me/sessions')
  const events = useLoaded<{ events: AccountEvent[] }>('/me/events')
  const end = async (session: SessionView) => {
    await remove(`/me/sessions/${session.id}`).catch((failure: unknown) => say(sentence(failure)))
    await sessions.reload()
    say('Signed out there.')
  }
  return (
    <>
      <Bar me={me} onSignedOut={onSignedOut} />
      <main class="spread single" id="page">
        <div class="sheet">
          <Title title="My account">My account</Title>
          <Myself me={me} onMe={onMe} />
          <section aria-labelledby="a-password">
            <h2 id="a-password">Password</h2>
            <Password />
          </section>
          <section aria-labelledby="a-sessions">
            <h2 id="a-sessions">Where you are signed in</h2>
            <ul class="list">
              {(sessions.value?.sessions ?? []).map(session => (
                <li class="who-row" key={session.id}>
                  <div>
                    <p class="nm">{session.device}</p>
                    <p class="small quiet">Since {shortDay(session.createdAt)}</p>
                  </div>
                  <p class="quiet">
                    {session.current ? 'This one' : `Last seen ${shortDay(session.seenAt)}`}
                  </p>
                  <p class="acts">
                    {!session.current && (
                      <button class="b plain tiny" type="button" onClick={() => void end(session)}>
                        Sign out there
                      </button>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="a-reminders">
            <h2 id="a-reminders">Reminders</h2>
            <Reminders />
          </section>
          <section aria-labelledby="a-events">
            <h2 id="a-events">What was done to your account</h2>
            {events.value?.events.length === 0 && <p class="quiet">Nothing yet.</p>}
            <ul class="list">
              {(events.value?.events ?? []).map(event => (
                <li class="who-row" key={event.id}>
                  <div>
                    <p>{eventWords[event.action] ?? event.action}</p>
                  </div>
                  <p class="quiet">
                    {event.byMe ? 'By you' : event.by ? `By ${event.by}` : 'On the machine'}
                  </p>
                  <p class="small quiet">{shortDay(event.at)}</p>
                </li>
              ))}
            </ul>
          </section>
          <Intake />
          <MyData me={me} onSignedOut={onSignedOut} />
        </div>
      </main>
    </>
  )
}
