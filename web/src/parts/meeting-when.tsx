import { useEffect, useRef, useState } from 'preact/hooks'
import type { MeetingView, PairPage, PairView } from '../../../src/domain/api/pairs.ts'
import { patch, sentence } from '../api.ts'
import { firstName, longDay, otherOf, timeOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { Field } from './field.tsx'

type Choice = 'next-day' | 'move' | 'short' | 'cancel'

const short = 15

/** The next working day at the same time. */
const dayAfter = (local: string): string => {
  const day = new Date(`${local.slice(0, 10)}T00:00Z`)
  do day.setUTCDate(day.getUTCDate() + 1)
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6)
  return `${day.toISOString().slice(0, 10)}${local.slice(10)}`
}

const times = ['', ' It was cancelled once lately.', ' It was cancelled twice lately.']
const cancelledWords = (count: number): string => times[count] ?? ` It was cancelled ${count} times lately.`

/** Move, shorten or cancel: moving is easy, cancelling says why and offers a shorter one; all can be taken back. */
export const MeetingWhen = ({
  pair,
  meeting,
  reload,
}: {
  pair: PairView
  meeting: MeetingView
  reload: () => Promise<void>
}) => {
  const [open, setOpen] = useState(false)
  const [choice, choose] = useState<Choice>('next-day')
  const [onwards, setOnwards] = useState(false)
  const page = useLoaded<PairPage>(open ? `/pairs/${pair.id}` : null).value
  const cancelled = (page?.meetings ?? []).slice(0, 12).filter(({ state }) => state === 'cancelled').length
  const [local, setLocal] = useState(meeting.local)
  const [why, setWhy] = useState('')
  const [error, setError] = useState<string>()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
  }, [open])
  const change = (version: number, what: Record<string, unknown>) =>
    patch<MeetingView>(`/pairs/${pair.id}/meetings/${meeting.id}`, { version, ...what })
  const wishes: Record<Choice, Record<string, unknown>> = {
    'next-day': { local: dayAfter(meeting.local) },
    move: { local, ...(onwards ? { onwards } : {}) },
    short: { minutes: short },
    cancel: { state: 'cancelled', why: why || null },
  }
  const submit = useOnce(async () => {
    try {
      const changed = await change(
        meeting.version,
        meeting.state === 'cancelled' ? { state: 'planned', why: null } : wishes[choice],
      )
      setOpen(false)
      await reload()
      const words =
        changed.state === 'cancelled'
          ? 'Cancelled'
          : choice === 'short'
            ? 'Made shorter'
            : `Now on ${longDay(changed.local)}`
      say(words, async () => {
        await change(changed.version, {
          local: meeting.local,
          ...(choice === 'move' && onwards ? { onwards } : {}),
          minutes: meeting.minutes,
          state: meeting.state,
          why: meeting.why,
        })
        await reload()
      })
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  if (meeting.state !== 'planned' && meeting.state !== 'cancelled') return null
  const pick = (value: Choice, words: string, hint?: string) => (
    <label class="pick">
      <input type="radio" name="what" checked={choice === value} onChange={() => choose(value)} />
      <span>
        {words}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  )
  return (
    <>
      <button class="lk" type="button" onClick={() => setOpen(true)}>
        {meeting.state === 'cancelled' ? 'Hold it after all' : 'Move or cancel'}
      </button>
      {open && (
        <dialog class="dialog" ref={dialog} aria-labelledby="when-title" onClose={() => setOpen(false)}>
          <h2 id="when-title">{longDay(meeting.local)}</h2>
          <form class="stack space" onSubmit={submits(submit)}>
            {meeting.state === 'planned' && (
              <fieldset>
                <legend class="vh">What to do</legend>
                {pick('next-day', `Move to ${longDay(dayAfter(meeting.local))}, ${timeOf(meeting.local)}`)}
                {pick('move', 'Another day and time')}
                {choice === 'move' && (
                  <>
                    <Field
                      id="when-local"
                      label="New time"
                      type="datetime-local"
                      required
                      value={local}
                      onInput={event => setLocal(event.currentTarget.value)}
                    />
                    <label class="pick">
                      <input
                        class="check"
                        type="checkbox"
                        checked={onwards}
                        onChange={event => setOnwards(event.currentTarget.checked)}
                      />
                      <span>And all that come after it</span>
                    </label>
                  </>
                )}
                {pick(
                  'short',
                  `Keep it, and make it ${short} minutes`,
                  'The first agenda item of each of you',
                )}
                {pick(
                  'cancel',
                  'Cancel it',
                  `${firstName(otherOf(pair).name)} reads your reason.${cancelledWords(cancelled)}`,
                )}
                {choice === 'cancel' && (
                  <>
                    <p class="small quiet">
                      What is on the agenda goes to the next meeting.{' '}
                      <button class="lk" type="button" onClick={() => choose('short')}>
                        Keep it, and make it {short} minutes?
                      </button>
                    </p>
                    <Field
                      id="when-why"
                      label="Why"
                      value={why}
                      onInput={event => setWhy(event.currentTarget.value)}
                    />
                  </>
                )}
              </fieldset>
            )}
            {error && (
              <p class="err" role="alert">
                {error}
              </p>
            )}
            <p class="row">
              <button class="b main" type="submit">
                {meeting.state === 'cancelled'
                  ? 'Hold it'
                  : choice === 'move' || choice === 'next-day'
                    ? 'Move it'
                    : choice === 'short'
                      ? `Make it ${short} minutes`
                      : 'Cancel it'}
              </button>
              <button class="b plain" type="button" onClick={() => dialog.current?.close()}>
                Leave it as it is
              </button>
            </p>
          </form>
        </dialog>
      )}
    </>
  )
}
