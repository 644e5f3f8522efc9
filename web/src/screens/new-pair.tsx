import { useState } from 'preact/hooks'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { post, sentence } from '../api.ts'
import { firstName, longDay } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { Bar } from '../parts/bar.tsx'
import { Field } from '../parts/field.tsx'
import { Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'
import { say } from '../say.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Two days from now at ten: a meeting one can still prepare for. */
const suggested = (): string => {
  const day = new Date(Date.now() + 2 * 86_400_000)
  while (day.getDay() === 0 || day.getDay() === 6) day.setDate(day.getDate() + 1)
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}T10:00`
}

/** "Who do you meet with?": the first page of an empty workspace, and every later 1:1. */
export const NewPair = ({ me, onSignedOut }: ScreenProps) => {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [side, setSide] = useState<'manager' | 'report'>('manager')
  const [every, setEvery] = useState('7')
  const [first, setFirst] = useState(suggested)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const start = useOnce(async () => {
    setBusy(true)
    try {
      const pair = await post<PairView>('/pairs', {
        me: side,
        other: { name, ...(email ? { email } : {}) },
        timezone: zone,
        cadenceDays: Number(every),
        firstMeeting: first || null,
      })
      go(address.pair(pair.id))
      say(`Your 1:1 with ${firstName(name)} starts${first ? ` on ${longDay(first)}` : ''}.`)
    } catch (failure) {
      setError(sentence(failure))
      setBusy(false)
    }
  })
  const sample = async () => {
    setBusy(true)
    try {
      const pair = await post<PairView>('/sample')
      go(address.pair(pair.id))
    } catch (failure) {
      setError(sentence(failure))
      setBusy(false)
    }
  }
  return (
    <>
      <Bar me={me} onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          <header>
            <Title title="Who do you meet with?">Who do you meet with?</Title>
            <p class="lede">
              A 1:1 belongs to two people. Name the other one, and this becomes your page together.
            </p>
          </header>
          <form class="first" onSubmit={submits(start)}>
            <Field
              id="other-name"
              label="Their name"
              said
              autocomplete="off"
              required
              value={name}
              onInput={event => setName(event.currentTarget.value)}
            />
            <Field
              id="other-email"
              label="Their e-mail"
              hint="if you know it"
              type="email"
              autocomplete="off"
              value={email}
              error={error}
              onInput={event => setEmail(event.currentTarget.value)}
            />
            <fieldset>
              <legend class="lg">Who is whose manager?</legend>
              <label class="pick">
                <input
                  type="radio"
                  name="side"
                  checked={side === 'manager'}
                  onChange={() => setSide('manager')}
                />
                <span>I am their manager</span>
              </label>
              <label class="pick">
                <input
                  type="radio"
                  name="side"
                  checked={side === 'report'}
                  onChange={() => setSide('report')}
                />
                <span>They are my manager</span>
              </label>
            </fieldset>
            <div class="two-f">
              <div class="f">
                <label for="every">How often</label>
                <select
                  class="in"
                  id="every"
                  value={every}
                  onChange={event => setEvery(event.currentTarget.value)}
                >
                  <option value="7">Every week</option>
                  <option value="14">Every two weeks</option>
                  <option value="28">Every four weeks</option>
                </select>
              </div>
              <Field
                id="first-meeting"
                label="First one"
                type="datetime-local"
                value={first}
                onInput={event => setFirst(event.currentTarget.value)}
              />
            </div>
            <div class="row">
              <button class="b main" type="submit" disabled={busy}>
                Start this 1:1
              </button>
              <span class="small quiet">You can change all of it later.</span>
            </div>
          </form>
        </main>
        <aside class="rail rail-top" aria-label="What happens here">
          <section>
            <h2>Before</h2>
            <p class="quiet">
              You see what both of you have promised, and keep a note that only you can read.
            </p>
          </section>
          <section>
            <h2>After</h2>
            <p class="quiet">
              Drop a transcript. It shows what was promised, decided and stuck, each beside the words it rests
              on. You say what counts.
            </p>
          </section>
          <section>
            <h2>Just looking?</h2>
            <p class="quiet">A sample pair with twelve weeks of meetings. Remove it any time.</p>
            <p class="space">
              <button class="b" type="button" disabled={busy} onClick={() => void sample()}>
                Open the sample
              </button>
            </p>
          </section>
        </aside>
      </div>
    </>
  )
}
