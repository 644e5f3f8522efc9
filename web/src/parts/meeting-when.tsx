import { useEffect, useRef, useState } from 'preact/hooks'
import type { MeetingView, PairView } from '../../../src/domain/api/pairs.ts'
import { patch, sentence } from '../api.ts'
import { longDay } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { Field } from './field.tsx'

type Choice = 'move' | 'short' | 'cancel'

const short = 15

/** Move, shorten or cancel: moving is easy, cancelling says why, and both can be taken back. */
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
  const [choice, choose] = useState<Choice>('move')
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
    move: { local },
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
                {pick('move', 'Another day or time')}
                {choice === 'move' && (
                  <Field
                    id="when-local"
                    label="New time"
                    type="datetime-local"
                    required
                    value={local}
                    onInput={event => setLocal(event.currentTarget.value)}
                  />
                )}
                {pick(
                  'short',
                  `Keep it, and make it ${short} minutes`,
                  'The first thing on the mind of each of you',
                )}
                {pick('cancel', 'Cancel it', 'Both of you see the reason')}
                {choice === 'cancel' && (
                  <Field
                    id="when-why"
                    label="Why"
                    value={why}
                    onInput={event => setWhy(event.currentTarget.value)}
                  />
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
                  : choice === 'move'
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
