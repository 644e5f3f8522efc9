import { useState } from 'preact/hooks'
import type { NewLink } from '../../../src/domain/api/account.ts'
import type { Directory, PersonView } from '../../../src/domain/api/people.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure, patch, post, sentence } from '../api.ts'
import { firstName } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { Bar } from '../parts/bar.tsx'
import { ErasePerson } from '../parts/erase-person.tsx'
import { Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { HandOver } from '../parts/new-link.tsx'
import { FieldError, NothingHere, Title } from '../parts/signs.tsx'
import { say } from '../say.ts'

const stateWords = {
  invited: 'Not joined yet',
  active: 'Member',
  disabled: 'Closed',
  erased: 'Erased',
} as const
const roleWords = { owner: 'Owner', administrator: 'Administrator', member: null } as const

const standingOf = ({ role, state }: PersonView): string =>
  (state === 'active' ? roleWords[role] : null) ?? stateWords[state]

const Invite = ({ onMade }: { onMade: (person: PersonView, link: NewLink) => void }) => {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [error, setError] = useState<string>()
  const invite = useOnce(async () => {
    try {
      const person = await post<PersonView>('/people', { name, ...(email ? { email } : {}) })
      onMade(person, await post<NewLink>(`/people/${person.id}/invitation`))
      setName('')
      setEmail('')
      setError(undefined)
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <form class="two-f space" onSubmit={submits(invite)}>
      <Field
        id="invite-name"
        label="Name"
        required
        value={name}
        onInput={event => setName(event.currentTarget.value)}
      />
      <Field
        id="invite-email"
        label="E-mail"
        type="email"
        value={email}
        error={error}
        onInput={event => setEmail(event.currentTarget.value)}
      />
      <p>
        <button class="b main" type="submit">
          Invite
        </button>
      </p>
    </form>
  )
}

const MakePair = ({ people, onMade }: { people: readonly PersonView[]; onMade: () => void }) => {
  const [manager, setManager] = useState('')
  const [report, setReport] = useState('')
  const [error, setError] = useState<string>()
  const make = useOnce(async () => {
    try {
      await post('/pairs/of-others', {
        manager,
        report,
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      })
      setError(undefined)
      say('The two have a page together now.')
      onMade()
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  const choose = (id: string, label: string, value: string, set: (value: string) => void) => (
    <div class="f">
      <label for={id}>{label}</label>
      <select class="in" id={id} required value={value} onChange={event => set(event.currentTarget.value)}>
        <option value="">Choose</option>
        {people.map(person => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <form class="two-f space" onSubmit={submits(make)}>
      {choose('pair-manager', 'Manager', manager, setManager)}
      {choose('pair-report', 'Report', report, setReport)}
      <p>
        <button class="b" type="submit">
          Make a pair
        </button>
      </p>
      {error && <FieldError id="pair-error">{error}</FieldError>}
    </form>
  )
}

/** Who meets whom, for administrators: no word of what they write or say. */
export const People = ({ me, onSignedOut }: ScreenProps) => {
  const { value, error, reload } = useLoaded<Directory>('/people')
  const [link, setLink] = useState<{ to: string; link: NewLink }>()
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const people = value?.people ?? []
  const nameOf = (id: string) => people.find(person => person.id === id)?.name ?? 'Somebody'
  const setState = async (person: PersonView, state: 'active' | 'disabled') => {
    try {
      await patch(`/people/${person.id}`, { state })
      say(
        state === 'disabled'
          ? `${person.name}’s account is closed.`
          : `${person.name}’s account is open again.`,
        () => setState(person, state === 'disabled' ? 'active' : 'disabled'),
      )
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  const linkFor = async (person: PersonView) => {
    try {
      setLink({ to: firstName(person.name), link: await post<NewLink>(`/people/${person.id}/invitation`) })
    } catch (failure) {
      say(sentence(failure))
    }
  }
  return (
    <>
      <Bar me={me} looksAfter="people" onSignedOut={onSignedOut} />
      <main class="spread wide" id="page">
        <div class="sheet">
          <Title title="People">People</Title>
          <div class="blind">
            <Icon name="lock" />
            <p>
              <b>You see who meets whom, and nothing they write or say.</b>{' '}
              <span class="quiet">There is no page, search or export that opens it to an administrator.</span>
            </p>
          </div>
          <section aria-labelledby="p-invite">
            <h2 id="p-invite">Invite somebody</h2>
            <Invite
              onMade={(person, made) => {
                setLink({ to: firstName(person.name), link: made })
                void reload()
              }}
            />
            {link && <HandOver link={link.link} to={link.to} />}
          </section>
          <section aria-labelledby="p-pairs">
            <h2 id="p-pairs">
              Pairs <span class="faint light">{value?.pairs.length ?? ''}</span>
            </h2>
            <ul class="list pairs">
              {(value?.pairs ?? []).map(pair => (
                <li class="who-row" key={pair.id}>
                  <div>
                    <p class="nm">
                      {nameOf(pair.manager)} <span class="with">and</span> {nameOf(pair.report)}
                    </p>
                    <p class="small quiet">{firstName(nameOf(pair.manager))} is the manager</p>
                  </div>
                  <p class="quiet">
                    {pair.cadenceDays === 7 ? 'Every week' : `Every ${pair.cadenceDays} days`}
                  </p>
                  <p class="small quiet">{pair.timezone}</p>
                </li>
              ))}
            </ul>
            <MakePair
              people={people.filter(({ state }) => state !== 'erased')}
              onMade={() => void reload()}
            />
          </section>
          <section aria-labelledby="p-people">
            <h2 id="p-people">
              People <span class="faint light">{people.length || ''}</span>
            </h2>
            <ul class="list">
              {people.map(person => (
                <li class="who-row" key={person.id}>
                  <div>
                    <p class="nm">
                      {person.name} {person.id === me.person.id && <span class="small faint">you</span>}
                    </p>
                    <p class="small quiet">{person.email ?? 'No e-mail yet'}</p>
                  </div>
                  <p class="quiet">{standingOf(person)}</p>
                  <p class="acts">
                    {person.state === 'invited' && (
                      <button
                        class="b plain tiny"
                        type="button"
                        aria-label={`Make a link that invites ${person.name}`}
                        onClick={() => void linkFor(person)}
                      >
                        Make a link
                      </button>
                    )}
                    {person.role !== 'owner' &&
                      !['disabled', 'erased'].includes(person.state) &&
                      person.id !== me.person.id && (
                        <button
                          class="b plain tiny"
                          type="button"
                          aria-label={`Close account of ${person.name}`}
                          onClick={() => void setState(person, 'disabled')}
                        >
                          Close account
                        </button>
                      )}
                    {person.state === 'disabled' && (
                      <button
                        class="b plain tiny"
                        type="button"
                        aria-label={`Open again: the account of ${person.name}`}
                        onClick={() => void setState(person, 'active')}
                      >
                        Open again
                      </button>
                    )}
                  </p>
                </li>
              ))}
            </ul>
            <ErasePerson people={people} reload={reload} />
          </section>
        </div>
      </main>
    </>
  )
}
