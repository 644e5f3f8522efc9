import { useState } from 'preact/hooks'
import type { AgendaItem, AgendaPage } from '../../../src/domain/api/agenda.ts'
import type { MeetingView, PairView } from '../../../src/domain/api/pairs.ts'
import type { RoadblockChoice, RoadblockView } from '../../../src/domain/api/roadblocks.ts'
import { get, patch, post, remove, sentence } from '../api.ts'
import { firstName, meOf, otherOf, shortDay, weekday } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { FieldError } from './signs.tsx'

const choices = [
  { choice: 'remove', title: 'Remove it', hint: 'Somebody does a thing by a day, and then it is gone' },
  { choice: 'accept', title: 'Accept it', hint: 'It stays for now. Say why, and when you look at it again' },
  {
    choice: 'escalate',
    title: 'Escalate it',
    hint: 'It is beyond the two of you. Say who should hear of it, and who tells them',
  },
] as const
const whatWords = { remove: 'What will be done', accept: 'Why it stays', escalate: 'Who should hear of what' }

interface Props {
  readonly pair: PairView
  readonly roadblock: RoadblockView
  readonly reload: () => Promise<void>
  /** The next meeting, where one is planned. */
  readonly next: MeetingView | null
}

/** The second meeting with the same sentence asks what happens now; owner and day may be missing. */
export const Decide = ({ pair, roadblock, reload, next }: Props) => {
  const [choice, choose] = useState<RoadblockChoice>('remove')
  const [what, setWhat] = useState('')
  const [owner, setOwner] = useState<string | null>(null)
  const [due, setDue] = useState('')
  const [error, setError] = useState<string>()
  const people = [
    { id: meOf(pair).id, name: 'You' },
    { id: otherOf(pair).id, name: firstName(otherOf(pair).name) },
    { id: null, name: 'Nobody yet' },
  ]
  const record = useOnce(async () => {
    if (what.trim() === '') return setError('Say in a sentence what you decided.')
    const path = `/pairs/${pair.id}/roadblocks/${roadblock.id}/decisions`
    try {
      const made = await post<RoadblockView>(path, { choice, what, owner, due: due === '' ? null : due })
      setError(undefined)
      say('Recorded.', async () => {
        await remove(`${path}/${made.decision?.id ?? ''}`).catch((failure: unknown) => say(sentence(failure)))
        await reload()
      })
      await reload()
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  const putOn = useOnce(async () => {
    if (!next) return
    const agenda = `/pairs/${pair.id}/meetings/${next.id}/agenda`
    try {
      const { items } = await get<AgendaPage>(agenda)
      if (items.some(({ text, state }) => text === roadblock.text && state === 'open'))
        return say(`It is on the agenda of ${shortDay(next.local)} already.`)
      const item = await post<AgendaItem>(agenda, { text: roadblock.text, kind: 'roadblock' })
      say(`It is on the agenda of ${shortDay(next.local)}.`, () =>
        patch(`${agenda}/${item.id}`, { version: item.version, state: 'removed' }).then(
          () => undefined,
          (failure: unknown) => say(sentence(failure)),
        ),
      )
    } catch (failure) {
      say(sentence(failure))
    }
  })
  return (
    <section aria-labelledby="decide" class="plate decide">
      <h2 id="decide">It came back. What happens now?</h2>
      <p class="quiet">Decide together. A third meeting with the same sentence helps nobody.</p>
      <form onSubmit={submits(record)}>
        <fieldset>
          <legend class="vh">What happens now</legend>
          {choices.map(one => (
            <label class="pick" key={one.choice}>
              <input
                type="radio"
                name="decision"
                checked={choice === one.choice}
                onChange={() => choose(one.choice)}
              />
              <span>
                <b>{one.title}</b>
                <small>{one.hint}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="decide-grid">
          <div class="f">
            <label for="decide-what">{whatWords[choice]}</label>
            <input
              class="in said"
              id="decide-what"
              maxLength={300}
              value={what}
              aria-describedby={error ? 'decide-error' : undefined}
              onInput={event => setWhat(event.currentTarget.value)}
            />
            {error && <FieldError id="decide-error">{error}</FieldError>}
          </div>
          <div class="f">
            <span class="label" id="decide-who">
              By whom
            </span>
            <span class="choice tall" role="radiogroup" aria-labelledby="decide-who">
              {people.map(({ id, name }) => (
                <label key={name}>
                  <input type="radio" name="owner" checked={owner === id} onChange={() => setOwner(id)} />
                  {name}
                </label>
              ))}
            </span>
          </div>
          <div class="f">
            <label for="decide-when">{choice === 'accept' ? 'Looked at again' : 'By when'}</label>
            <input
              class="in"
              id="decide-when"
              type="date"
              value={due}
              onInput={event => setDue(event.currentTarget.value)}
            />
          </div>
        </div>
        <div class="row">
          <button class="b main" type="submit">
            Record the decision
          </button>
          {next && (
            <button class="b" type="button" onClick={() => void putOn()}>
              Put it on {weekday(next.local)}’s agenda
            </button>
          )}
        </div>
      </form>
    </section>
  )
}
