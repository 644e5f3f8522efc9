import { useEffect, useState } from 'preact/hooks'
import type { LinkLook, Me } from '../../../src/domain/api/account.ts'
import { ApiFailure, post, sentence } from '../api.ts'
import { submits, useOnce } from '../once.ts'
import { Field } from '../parts/field.tsx'
import { Mark } from '../parts/icon.tsx'
import { Plate, Title } from '../parts/signs.tsx'
import { go } from '../route.ts'

const words = {
  welcome: {
    title: 'Welcome',
    lede: 'This workspace has no owner yet. Once you have a password, it is yours.',
    act: 'Open the workspace',
  },
  join: {
    title: 'Join your 1:1',
    lede: 'Choose a password, and this becomes your page together.',
    act: 'Join',
  },
  recover: {
    title: 'Choose a new password',
    lede: 'Everywhere else you will be signed out.',
    act: 'Set it and sign in',
  },
} as const

/** A link's token stands in the fragment, which browsers send to nobody; it leaves the address at once. */
const takeToken = (): string => {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(null, '', location.pathname)
  return token
}

export const LinkDoor = ({ kind, onIn }: { kind: keyof typeof words; onIn: (me: Me) => void }) => {
  const [token] = useState(takeToken)
  const [look, setLook] = useState<LinkLook>()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [over, setOver] = useState<string>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    post<LinkLook>('/links/look', { token }).then(
      found => {
        setLook(found)
        setName(found.name)
        setEmail(found.email ?? '')
      },
      (failure: unknown) =>
        setOver(
          failure instanceof ApiFailure && failure.status === 400
            ? 'The link is not whole. Copy all of it.'
            : sentence(failure),
        ),
    )
  }, [token])
  const submit = useOnce(async () => {
    const person = kind === 'recover' ? {} : { name, email }
    try {
      const me = await post<Me>('/links/use', { token, password, ...person })
      go('/', true)
      onIn(me)
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  const { title, lede, act } = words[kind]
  return (
    <div class="door">
      <main id="page" class="door-in">
        <p class="door-mark">
          <Mark />
          <span>{look?.workspace || 'Rapport'}</span>
        </p>
        <Title title={title}>{title}</Title>
        {over !== undefined && (
          <Plate
            title="This link does not open anything"
            acts={
              <a class="b" href="/">
                To the sign-in page
              </a>
            }
          >
            {over}
          </Plate>
        )}
        {look && (
          <>
            <p class="quiet">{lede}</p>
            <form class="stack space" onSubmit={submits(submit)}>
              {kind !== 'recover' && (
                <>
                  <Field
                    id="name"
                    label="Your name"
                    autocomplete="name"
                    required
                    value={name}
                    onInput={event => setName(event.currentTarget.value)}
                  />
                  <Field
                    id="email"
                    label="E-mail"
                    hint="to sign in with"
                    type="email"
                    autocomplete="username"
                    required
                    value={email}
                    onInput={event => setEmail(event.currentTarget.value)}
                  />
                </>
              )}
              <Field
                id="password"
                label="Password"
                hint="at least 12 characters; a few words are easiest"
                type="password"
                autocomplete="new-password"
                required
                minLength={12}
                value={password}
                error={error}
                onInput={event => setPassword(event.currentTarget.value)}
              />
              <button class="b main" type="submit">
                {act}
              </button>
            </form>
          </>
        )}
      </main>
    </div>
  )
}
