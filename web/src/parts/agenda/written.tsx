import { useEffect, useRef, useState } from 'preact/hooks'
import type { AgendaItem } from '../../../../src/domain/api/agenda.ts'
import { type Agenda, bringBack, writeAbout } from '../../agenda-acts.ts'
import { isOffline, patch, sentence } from '../../api.ts'
import { back } from '../../connection.ts'
import { firstName, otherOf, meOf, shortDay } from '../../format.ts'
import { submits, useOnce } from '../../once.ts'
import { FieldError } from '../signs.tsx'

/** A field for words that the other reads before the meeting; what is not stored stays and is tried again. */
export const Writing = ({
  agenda,
  item,
  onDone,
  change,
}: {
  agenda: Agenda
  item: AgendaItem
  onDone: () => void
  /** One's own words being mended, instead of new ones. */
  change?: AgendaItem['updates'][number]
}) => {
  const other = firstName(otherOf(agenda.pair).name)
  const [text, setText] = useState(change?.text ?? '')
  const [problem, setProblem] = useState<string>()
  const [waits, setWaits] = useState(false)
  const id = useRef(crypto.randomUUID())
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = useOnce(async () => {
    if (text.trim() === '') return setProblem('There is nothing written yet.')
    try {
      const path = `${agenda.path}/${item.id}/writings`
      if (change) await patch(`${path}/${change.id}`, { version: change.version, text: text.trim() })
      else await writeAbout(agenda, item, id.current, text.trim())
      await agenda.reload()
      onDone()
    } catch (failure) {
      setWaits(isOffline(failure))
      setProblem(isOffline(failure) ? 'Not saved yet, trying again' : sentence(failure))
    }
  })
  useEffect(() => (waits ? back.watch(() => void send()) : undefined), [waits, send])
  return (
    <form class="stack space" aria-label={`Write about: ${item.text}`} onSubmit={submits(send)}>
      <textarea
        ref={field}
        class="in said writing"
        aria-label={`In writing, ${other} reads it: ${item.text}`}
        maxLength={8000}
        value={text}
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={event => event.key === 'Escape' && text === '' && onDone()}
      />
      {problem && <FieldError id={`writing-${item.id}`}>{problem}</FieldError>}
      <p class="row">
        <button class="b" type="submit">
          {change ? 'Save' : `Send to ${other}`}
        </button>
        <button class="b plain" type="button" onClick={onDone}>
          Leave it
        </button>
      </p>
    </form>
  )
}

const Update = ({ agenda, item }: { agenda: Agenda; item: AgendaItem }) => {
  const [open, setOpen] = useState<string | null>(null)
  const me = meOf(agenda.pair).id
  const nameOf = (author: string) => (author === me ? 'You' : firstName(otherOf(agenda.pair).name))
  return (
    <article class="written" aria-label={item.text}>
      <h3 class="small">{item.text}</h3>
      {item.updates.map(update => (
        <div key={update.id} class="space-s">
          <p class="small quiet">
            {nameOf(update.author)}, {shortDay(update.at)}
          </p>
          {open === update.id ? (
            <Writing agenda={agenda} item={item} change={update} onDone={() => setOpen(null)} />
          ) : (
            <>
              <p class="said">{update.text}</p>
              {update.author === me && (
                <button
                  class="lk small"
                  type="button"
                  aria-label={`Change what you wrote about: ${item.text}`}
                  onClick={() => setOpen(update.id)}
                >
                  Change
                </button>
              )}
            </>
          )}
        </div>
      ))}
      {open === 'answer' ? (
        <Writing agenda={agenda} item={item} onDone={() => setOpen(null)} />
      ) : (
        <p class="row hang space-s">
          <button
            class="b plain tiny"
            type="button"
            aria-label={`Answer in writing: ${item.text}`}
            onClick={() => setOpen('answer')}
          >
            Answer in writing
          </button>
          {item.state === 'written' && (
            <button
              class="b plain tiny"
              type="button"
              aria-label={`Bring it to the meeting: ${item.text}`}
              onClick={() => void bringBack(agenda, item)}
            >
              Bring it to the meeting
            </button>
          )}
        </p>
      )}
    </article>
  )
}

/** What was sent in writing instead of being talked through; also what was brought back keeps its words here. */
export const WrittenUpdates = ({ agenda }: { agenda: Agenda }) => {
  const written = agenda.items.filter(({ updates }) => updates.length > 0)
  if (written.length === 0) return null
  return (
    <section aria-labelledby="in-writing">
      <div class="head">
        <h2 id="in-writing">In writing, so you need not talk about it</h2>
      </div>
      {written.map(item => (
        <Update key={item.id} agenda={agenda} item={item} />
      ))}
    </section>
  )
}
