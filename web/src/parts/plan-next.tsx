import { useState } from 'preact/hooks'
import type { MeetingView, PairView } from '../../../src/domain/api/pairs.ts'
import { post, sentence } from '../api.ts'
import { longDay } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { Field } from './field.tsx'

/** A week (or the pair's own rhythm) after a day, at the same time. */
const following = (pair: PairView, after: string | undefined): string => {
  const from = after
    ? new Date(`${after}:00Z`)
    : new Date(`${new Date().toISOString().slice(0, 10)}T10:00:00Z`)
  const next = new Date(from.getTime() + pair.cadenceDays * 86_400_000)
  return next.toISOString().slice(0, 16)
}

/** Plans the next meeting, with the day a person would expect already there. */
export const PlanNext = ({
  pair,
  after,
  onPlanned,
}: {
  pair: PairView
  after?: string
  onPlanned: (meeting: MeetingView) => void
}) => {
  const [local, setLocal] = useState(() => following(pair, after))
  const [error, setError] = useState<string>()
  const plan = useOnce(async () => {
    try {
      const meeting = await post<MeetingView>(`/pairs/${pair.id}/meetings`, { local })
      say(`Planned for ${longDay(meeting.local)}.`)
      onPlanned(meeting)
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <form class="row space" onSubmit={submits(plan)}>
      <Field
        id="plan-next"
        label="Next meeting"
        type="datetime-local"
        required
        value={local}
        error={error}
        onInput={event => setLocal(event.currentTarget.value)}
      />
      <button class="b" type="submit">
        Plan it
      </button>
    </form>
  )
}
