import { useState } from 'preact/hooks'
import type { Keeping as Kept } from '../../../src/domain/api/keeping.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { patch, post, remove, sentence } from '../api.ts'
import { firstName, otherOf, shortDay, whoWords } from '../format.ts'
import { forgetAll, useLoaded } from '../load.ts'
import { address, go } from '../route.ts'
import { say } from '../say.ts'
import { Erase } from './erase.tsx'
import { FieldError } from './signs.tsx'

const choices: readonly (readonly [days: number | null, words: string])[] = [
  [7, '7 days'],
  [30, '30 days'],
  [90, '90 days'],
  [365, 'A year'],
  [null, 'As long as this 1:1'],
]
const never = 'always'

type Change = (change: { keepDays?: number | null; reading?: boolean }, done: string) => Promise<void>

/** Yes or no to transcripts, by either. */
const Reading = ({ pair, kept, change }: { pair: PairView; kept: Kept; change: Change }) => {
  const other = firstName(otherOf(pair).name)
  if (kept.endedBy)
    return (
      <>
        <p>
          {whoWords(pair, kept.endedBy)} said no to transcripts
          {kept.endedAt ? ` on ${shortDay(kept.endedAt)}` : ''}. None is taken in. Everything else goes on.
        </p>
        {kept.endedBy === otherOf(pair).id ? (
          <p class="small quiet">Only {other} can take that back.</p>
        ) : (
          <p class="space">
            <button
              class="b"
              type="button"
              onClick={() => void change({ reading: true }, 'Transcripts may be added again.')}
            >
              Yes, they may be read again
            </button>
          </p>
        )}
      </>
    )
  return (
    <>
      <p>
        Whoever adds a transcript says that you both agreed. You both see it and what is found in it. Each of
        you can take it away, or say no to all of them, now or later.
      </p>
      <p class="space">
        <button
          class="b"
          type="button"
          onClick={() => void change({ reading: false }, 'No transcript is taken in from now on.')}
        >
          No more transcripts
        </button>
      </p>
    </>
  )
}

const HowLong = ({ pair, kept, change }: { pair: PairView; kept: Kept; change: Change }) => {
  const known = choices.some(([days]) => days === kept.keepDays)
  const all = known ? choices : [...choices, [kept.keepDays, `${kept.keepDays} days`] as const]
  return (
    <div class="f narrow space">
      <label for="keep-days">A transcript is kept for</label>
      <select
        class="in"
        id="keep-days"
        aria-describedby="keep-hint"
        value={kept.keepDays ?? never}
        onChange={event => {
          const { value } = event.currentTarget
          void change({ keepDays: value === never ? null : Number(value) }, 'Saved, for both of you.')
        }}
      >
        {all.map(([days, words]) => (
          <option key={words} value={days ?? never}>
            {words}
          </option>
        ))}
      </select>
      <p class="hint" id="keep-hint">
        After that the file goes, and of its lines only those stay that a finding quotes.
        {kept.keepSetBy ? ` ${whoWords(pair, kept.keepSetBy)} chose this.` : ''}
      </p>
    </div>
  )
}

const Transcripts = ({ pair, kept, reload }: { pair: PairView; kept: Kept; reload: () => Promise<void> }) => {
  const withdraw = async (transcript: string) => {
    try {
      await remove(`/pairs/${pair.id}/transcripts/${transcript}`)
      forgetAll()
      say('It is gone, with all that came from it.')
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  if (kept.transcripts.length === 0) return <p class="small quiet space">There is no transcript yet.</p>
  return (
    <ul class="list space">
      {kept.transcripts.map(row => (
        <li class="who-row" key={row.id}>
          <div>
            <p>
              <a href={address.review(pair.id, row.id)}>Meeting of {shortDay(row.local)}</a>
            </p>
            <p class="small quiet">
              {row.fileName}. {row.thinnedAt ? `Only quoted lines since ${shortDay(row.thinnedAt)}` : 'Whole'}
            </p>
          </div>
          <p class="small quiet">
            {whoWords(pair, row.statedBy)} said on {shortDay(row.statedAt)} that you both agreed
          </p>
          <details class="acts">
            <summary aria-label={`Take back, meeting of ${shortDay(row.local)}`}>Take back</summary>
            <p class="small quiet">The file, its lines and everything found in it go.</p>
            <button class="b danger tiny" type="button" onClick={() => void withdraw(row.id)}>
              Erase this transcript
            </button>
          </details>
        </li>
      ))}
    </ul>
  )
}

/** Consent, how long transcripts stay, and erasing the whole 1:1. */
export const Keeping = ({ pair }: { pair: PairView }) => {
  const path = `/pairs/${pair.id}/keeping`
  const { value: kept, reload } = useLoaded<Kept>(path, pair.id)
  const [error, setError] = useState<string>()
  if (!kept) return null
  const other = otherOf(pair)
  const change: Change = async (wish, done) => {
    try {
      await patch(path, wish)
      setError(undefined)
      say(done)
    } catch (failure) {
      setError(sentence(failure))
    }
    await reload()
  }
  const takeBack = () =>
    remove(`/pairs/${pair.id}/erasure`).then(reload, (failure: unknown) => say(sentence(failure)))
  const erase = async (name: string) => {
    const { state } = await post<{ state: 'asked' | 'erased' }>(`/pairs/${pair.id}/erasure`, { name })
    if (state === 'erased') {
      forgetAll()
      say('This 1:1 is erased.')
      go('/')
    } else {
      say(`${firstName(other.name)} is asked.`)
      await reload()
    }
  }
  return (
    <>
      <section aria-labelledby="consent-title">
        <h2 id="consent-title">Consent and keeping</h2>
        <Reading pair={pair} kept={kept} change={change} />
        <HowLong pair={pair} kept={kept} change={change} />
        {error && <FieldError id="keeping-error">{error}</FieldError>}
        <Transcripts pair={pair} kept={kept} reload={reload} />
      </section>
      {!pair.sample && (
        <section aria-labelledby="erase-title">
          <h2 id="erase-title">Erasing this 1:1</h2>
          {kept.erasingAskedBy === null && (
            <p class="quiet">
              It goes when both of you have asked for it
              {other.joined ? '.' : `, or at once while ${firstName(other.name)} has not joined.`}
            </p>
          )}
          {kept.erasingAskedBy !== null && (
            <p class={kept.erasingAskedBy === other.id ? 'look' : ''}>
              {whoWords(pair, kept.erasingAskedBy)} asked for it to be erased. It goes when{' '}
              {kept.erasingAskedBy === other.id ? 'you ask' : `${firstName(other.name)} asks`} too.{' '}
              {kept.erasingAskedBy !== other.id && (
                <button class="lk" type="button" onClick={() => void takeBack()}>
                  Take it back
                </button>
              )}
            </p>
          )}
          <Erase
            id="erase-pair"
            summary="Erase everything"
            label={`Type ${other.name} to go on`}
            hint="the name as it stands here"
            act="Erase this 1:1"
            onErase={erase}
          >
            All meetings, notes of both of you, transcripts, promises, roadblocks, feedback and goals go.
          </Erase>
        </section>
      )}
    </>
  )
}
