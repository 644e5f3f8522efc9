import { useState } from 'preact/hooks'
import type { NewLink } from '../../../src/domain/api/account.ts'
import type { PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure, patch, post, sentence } from '../api.ts'
import { firstName, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { CoachWishes } from '../parts/coach-wishes.tsx'
import { Field } from '../parts/field.tsx'
import { InviteOther } from '../parts/invite-other.tsx'
import { Keeping } from '../parts/keeping.tsx'
import { HandOver } from '../parts/new-link.tsx'
import { BothSee, Failed, FieldError, NothingHere, Title } from '../parts/signs.tsx'
import { say } from '../say.ts'

const zones = Intl.supportedValuesOf('timeZone')
const rhythms: readonly (readonly [days: number, words: string])[] = [
  [7, 'Every week'],
  [14, 'Every two weeks'],
  [28, 'Every four weeks'],
]

const Rhythm = ({ pair, reload }: { pair: PairView; reload: () => Promise<void> }) => {
  const [days, setDays] = useState(pair.cadenceDays)
  const [minutes, setMinutes] = useState(String(pair.minutes))
  const [timezone, setTimezone] = useState(pair.timezone)
  const [error, setError] = useState<string>()
  const save = useOnce(async () => {
    try {
      await patch(`/pairs/${pair.id}`, { cadenceDays: days, minutes: Number(minutes), timezone })
      setError(undefined)
      await reload()
      say('Saved.')
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  const known = rhythms.some(([every]) => every === pair.cadenceDays)
  const choices = known
    ? rhythms
    : [...rhythms, [pair.cadenceDays, `Every ${pair.cadenceDays} days`] as const]
  return (
    <form class="stack space narrow" onSubmit={submits(save)}>
      <div class="f">
        <label for="rhythm">How often</label>
        <select
          class="in"
          id="rhythm"
          value={days}
          onChange={event => setDays(Number(event.currentTarget.value))}
        >
          {choices.map(([every, words]) => (
            <option key={every} value={every}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <Field
        id="minutes"
        label="How long"
        hint="in minutes"
        type="number"
        required
        value={minutes}
        onInput={event => setMinutes(event.currentTarget.value)}
      />
      <div class="f">
        <label for="zone">Time zone</label>
        <select
          class="in"
          id="zone"
          value={timezone}
          onChange={event => setTimezone(event.currentTarget.value)}
        >
          {[...new Set([pair.timezone, ...zones])].map(zone => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </div>
      {error && <FieldError id="rhythm-error">{error}</FieldError>}
      <p>
        <button class="b" type="submit">
          Save
        </button>
      </p>
    </form>
  )
}

/** The way back in for the other one, where no mail is set up: a link from the person they meet with. */
const LetIn = ({ pair }: { pair: PairView }) => {
  const other = otherOf(pair)
  const name = firstName(other.name)
  const [link, setLink] = useState<NewLink>()
  const [error, setError] = useState<string>()
  const make = () =>
    post<NewLink>(`/people/${other.id}/recovery`).then(
      made => (setLink(made), setError(undefined)),
      (failure: unknown) => setError(sentence(failure)),
    )
  if (link) return <HandOver link={link} to={name} />
  return (
    <>
      <p class="quiet">
        Make a link with which {name} can choose a new password. It lets {name} in and lets you see nothing;{' '}
        {name} sees that you made it.
      </p>
      {error && <FieldError id="let-in-error">{error}</FieldError>}
      <p class="space">
        <button class="b" type="button" onClick={() => void make()}>
          Make a link
        </button>
      </p>
    </>
  )
}

/** What holds for all meetings of the two, and the way in for the other. */
export const AboutPair = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<PairPage>(`/pairs/${id}`, id)
  const pair = value?.pair
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const other = pair && otherOf(pair)
  return (
    <>
      <Bar me={me} pair={pair} onSignedOut={onSignedOut} />
      <main class="spread single" id="page">
        <div class="sheet">
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {pair && other && (
            <>
              <Title title="About this 1:1">About this 1:1</Title>
              <p class="page-sees">
                <BothSee>You and {firstName(other.name)} see and change this</BothSee>
              </p>
              <section aria-labelledby="rhythm-title">
                <h2 id="rhythm-title">When you meet</h2>
                <Rhythm pair={pair} reload={reload} />
              </section>
              <CoachWishes pair={pair} reload={reload} />
              <Keeping pair={pair} />
              {!pair.sample && (
                <section aria-labelledby="let-in">
                  <h2 id="let-in">
                    {other.joined ? `${firstName(other.name)} cannot sign in?` : firstName(other.name)}
                  </h2>
                  {other.joined ? <LetIn pair={pair} /> : <InviteOther pair={pair} />}
                </section>
              )}
            </>
          )}
        </div>
      </main>
      {pair && <Dock pair={pair} />}
    </>
  )
}
