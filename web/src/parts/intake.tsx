import { useState } from 'preact/hooks'
import type { Intake as Page, MadeIntakeKey } from '../../../src/domain/api/intake.ts'
import type { PairRow, PairView } from '../../../src/domain/api/pairs.ts'
import { post, remove, sentence } from '../api.ts'
import { otherOf, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { address, go } from '../route.ts'
import { say } from '../say.ts'
import { Field } from './field.tsx'
import { FieldError } from './signs.tsx'

const path = '/me/intake'
type Key = Page['keys'][number]
const kindWords = {
  token: 'A token for programs',
  webhook: 'A signed webhook',
  folder: 'A folder of this machine',
}

const Made = ({ made: { url, secret } }: { made: MadeIntakeKey }) =>
  secret === null ? (
    <p class="space">
      Files in the folder <b>{url}</b>, within the one that is watched, are taken in within a minute or so.
    </p>
  ) : (
    <div class="plate space">
      <p>
        <b>Give both to the program that sends.</b> The key is shown only now.
      </p>
      <div class="stack space">
        <input class="in" readOnly aria-label="Where to send to" value={url} />
        <input class="in" readOnly aria-label="Its key" value={secret} />
      </div>
    </div>
  )

/** An instant as a field of the page takes it, by the clock of whoever looks. */
const localOf = (at: string | null): string => {
  if (at === null) return ''
  const instant = new Date(at)
  return new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const MakeKey = ({ watched, reload }: { watched: boolean; reload: () => Promise<void> }) => {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Key['kind']>('token')
  const [agreed, setAgreed] = useState(false)
  const [made, setMade] = useState<MadeIntakeKey>()
  const [error, setError] = useState<string>()
  const make = useOnce(async () => {
    if (!agreed) return setError('Whoever is recorded has to agree first.')
    try {
      setMade(await post<MadeIntakeKey>(`${path}/keys`, { kind, name, agreed }))
      setError(undefined)
      setName('')
      setAgreed(false)
    } catch (failure) {
      setError(sentence(failure))
    }
    await reload()
  })
  return (
    <details class="space">
      <summary>Make a way in</summary>
      <form class="stack space narrow" onSubmit={submits(make)}>
        <Field
          id="intake-name"
          label="What sends them"
          hint="the name you know it by"
          required
          value={name}
          onInput={event => setName(event.currentTarget.value)}
        />
        <div class="f">
          <label for="intake-kind">How it sends</label>
          <select
            class="in"
            id="intake-kind"
            value={kind}
            onChange={event => setKind(event.currentTarget.value as Key['kind'])}
          >
            <option value="token">{kindWords.token}</option>
            <option value="webhook">{kindWords.webhook}</option>
            {watched && <option value="folder">{kindWords.folder}</option>}
          </select>
        </div>
        <label class="pick">
          <input
            class="check"
            type="checkbox"
            checked={agreed}
            onChange={event => setAgreed(event.currentTarget.checked)}
          />
          <span>Everybody in the meetings it sends has agreed to be transcribed</span>
        </label>
        {error && <FieldError id="intake-error">{error}</FieldError>}
        <p>
          <button class="b" type="submit">
            Make it
          </button>
        </p>
      </form>
      {made && <Made made={made} />}
    </details>
  )
}

/** One that came in and could not be told apart: which 1:1, and when. */
const Waiting = ({
  file,
  pairs,
  reload,
}: {
  file: Page['waiting'][number]
  pairs: readonly PairView[]
  reload: () => Promise<void>
}) => {
  const [pair, setPair] = useState(pairs[0]?.id ?? '')
  const [local, setLocal] = useState(localOf(file.at))
  const [error, setError] = useState<string>()
  const place = useOnce(async () => {
    try {
      const { transcript } = await post<{ transcript: { meeting: string } }>(`${path}/files/${file.id}`, {
        pair,
        local,
      })
      go(address.after(pair, transcript.meeting))
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  const discard = useOnce(async () => {
    try {
      await remove(`${path}/files/${file.id}`)
      say('It is gone.')
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  })
  return (
    <li>
      <p>
        {file.fileName}{' '}
        <span class="small quiet">came on {shortDay(file.receivedAt)}. Only you can read it.</span>
      </p>
      <form class="stack space-s narrow" onSubmit={submits(place)}>
        <div class="f">
          <label for={`pair-${file.id}`}>Whose meeting it was</label>
          <select
            class="in"
            id={`pair-${file.id}`}
            value={pair}
            onChange={event => setPair(event.currentTarget.value)}
          >
            {pairs.map(one => (
              <option key={one.id} value={one.id}>
                You and {otherOf(one).name}
              </option>
            ))}
          </select>
        </div>
        <Field
          id={`when-${file.id}`}
          label="When it was"
          type="datetime-local"
          required
          value={local}
          error={error}
          onInput={event => setLocal(event.currentTarget.value)}
        />
        <p>
          <button class="b" type="submit">
            Put it there
          </button>{' '}
          <button class="b plain" type="button" onClick={() => void discard()}>
            Discard it
          </button>
        </p>
      </form>
    </li>
  )
}

/** Ways in for transcripts that nobody clicks, and what waits to be told where it belongs. */
export const Intake = () => {
  const { value, reload } = useLoaded<Page>(path)
  const { value: mine } = useLoaded<{ pairs: PairRow[] }>('/pairs')
  if (!value) return null
  const end = async ({ id, name }: Key) => {
    try {
      await remove(`${path}/keys/${id}`)
      say(`${name} can send nothing any more.`)
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  const pairs = (mine?.pairs ?? []).flatMap(({ pair }) => (pair.sample ? [] : [pair]))
  return (
    <section aria-labelledby="a-intake">
      <h2 id="a-intake">Transcripts that come by themselves</h2>
      <p class="small quiet space">
        A program may send them here after each meeting. Time and names say which 1:1 it was; when in doubt
        you are asked.
      </p>
      {value.waiting.length > 0 && pairs.length > 0 && (
        <ul class="list space">
          {value.waiting.map(file => (
            <Waiting key={file.id} file={file} pairs={pairs} reload={reload} />
          ))}
        </ul>
      )}
      {value.keys.length > 0 && (
        <ul class="list space">
          {value.keys.map(key => (
            <li class="who-row" key={key.id}>
              <p>{key.name}</p>
              <p class="small quiet">
                {kindWords[key.kind]}, {key.usedAt ? `last used on ${shortDay(key.usedAt)}` : 'not used yet'}
              </p>
              <button
                class="b plain tiny"
                type="button"
                aria-label={`End it: ${key.name}`}
                onClick={() => void end(key)}
              >
                End it
              </button>
            </li>
          ))}
        </ul>
      )}
      <MakeKey watched={value.watched} reload={reload} />
    </section>
  )
}
