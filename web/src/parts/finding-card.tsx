import type { RefObject } from 'preact'
import { useImperativeHandle, useRef, useState } from 'preact/hooks'
import type { Finding, FindingChange, FindingState } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { LineView } from '../../../src/domain/api/transcripts.ts'
import { ApiFailure, patch, sentence } from '../api.ts'
import { clock, firstName, longDay, meOf, ownerWords } from '../format.ts'
import { kindWords, lessSure } from '../review-state.ts'
import { say } from '../say.ts'

/** What the keys of the review screen do with the card that is open. */
export interface CardHandle {
  confirm(): void
  dismiss(): void
  edit(): void
  owner(): void
  due(): void
}

interface Props {
  readonly handle: RefObject<CardHandle | null>
  readonly pair: PairView
  readonly finding: Finding
  readonly number: number
  readonly lines: readonly LineView[]
  readonly onSettled: () => Promise<void>
  readonly reload: () => Promise<void>
}

const doneWords: Partial<Record<FindingState, string>> = {
  confirmed: 'Confirmed',
  dismissed: 'Dismissed',
  proposed: 'Waiting again',
}

const promiseOf = (pair: PairView, owner: string | null): string =>
  owner === null
    ? 'this promise'
    : owner === meOf(pair).id
      ? 'your promise'
      : `${firstName(ownerWords(pair, owner))}’s promise`

/** The finding one is about to settle: words, who, when, the quote, and what can be done. */
export const FindingCard = ({ handle, pair, finding, number, lines, onSettled, reload }: Props) => {
  const [editing, setEditing] = useState(false)
  const [text, setText] = useState(finding.text)
  const [due, setDue] = useState(finding.due ?? '')
  const [error, setError] = useState<string>()
  const [mine, setMine] = useState<Omit<FindingChange, 'version'>>()
  const form = useRef<HTMLFormElement>(null)
  const owners = useRef<HTMLSpanElement>(null)
  const path = `/pairs/${pair.id}/findings/${finding.kind}/${finding.id}`
  const isItem = finding.kind === 'action-item'

  const change = async (
    wish: Omit<FindingChange, 'version'>,
    version = finding.version,
  ): Promise<Finding | undefined> => {
    try {
      const changed = await patch<Finding>(path, { version, ...wish })
      setError(undefined)
      setMine(undefined)
      return changed
    } catch (failure) {
      // The other was quicker: both stand here, and the last word is asked for.
      if (failure instanceof ApiFailure && failure.code === 'changed-meanwhile') setMine(wish)
      else setError(sentence(failure))
      await reload()
      return undefined
    }
  }
  const settle = async (state: FindingState) => {
    const before = finding.state
    const changed = await change({ state })
    if (!changed) return
    say(`${doneWords[state] ?? 'Changed'}: ${finding.text}`, async () => {
      await patch(path, { version: changed.version, state: before }).catch((failure: unknown) =>
        say(sentence(failure)),
      )
      await reload()
    })
    await onSettled()
  }
  const edit = (field: string) => {
    setText(finding.text)
    setDue(finding.due ?? '')
    setEditing(true)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(field)?.focus())
  }
  const save = async (event: Event) => {
    event.preventDefault()
    const wish = { ...(finding.kind === 'update' ? {} : { text }), ...(isItem ? { due: due || null } : {}) }
    if (!(await change(wish))) return
    setEditing(false)
    await reload()
  }
  const isWaiting = finding.state === 'proposed'
  useImperativeHandle(handle, () => ({
    confirm: () => void (isWaiting && settle('confirmed')),
    dismiss: () => void settle(finding.state === 'dismissed' ? 'proposed' : 'dismissed'),
    edit: () => edit('textarea'),
    owner: () => owners.current?.querySelector<HTMLElement>('input')?.focus(),
    due: () => isItem && edit('input[type=date]'),
  }))

  const choices: readonly [string | null, string][] = [
    [pair.report.id, ownerWords(pair, pair.report.id)],
    [pair.manager.id, ownerWords(pair, pair.manager.id)],
    [null, 'Nobody yet'],
  ]
  return (
    <article class="card on" aria-labelledby="card-title">
      <p class="top">
        <b>{kindWords(finding)}</b>
        <span class="num">{number}</span>
      </p>
      {editing ? (
        <form class="settle-form" ref={form} onSubmit={event => void save(event)}>
          {finding.kind !== 'update' && (
            <div class="f">
              <label for="edit-text">Words</label>
              <textarea
                class="in said"
                id="edit-text"
                required
                maxLength={300}
                value={text}
                onInput={event => setText(event.currentTarget.value)}
              />
            </div>
          )}
          {isItem && (
            <div class="f">
              <label for="edit-due">Due</label>
              <input
                class="in"
                id="edit-due"
                type="date"
                value={due}
                onInput={event => setDue(event.currentTarget.value)}
              />
            </div>
          )}
          <p class="row">
            <button class="b main" type="submit">
              Save
            </button>
            <button class="b plain" type="button" onClick={() => setEditing(false)}>
              Leave it
            </button>
          </p>
        </form>
      ) : (
        <h3 class="said" id="card-title" tabIndex={-1}>
          {finding.text}
        </h3>
      )}
      {isItem && (
        <dl>
          <dt id="card-who">Who</dt>
          <dd>
            <span class="choice" role="radiogroup" aria-labelledby="card-who" ref={owners}>
              {choices.map(([owner, words]) => (
                <label key={words}>
                  <input
                    type="radio"
                    name="owner"
                    checked={finding.owner === owner}
                    onChange={() => void change({ owner }).then(reload)}
                  />
                  {words}
                </label>
              ))}
            </span>
          </dd>
          <dt>Due</dt>
          <dd>
            {finding.due ? longDay(finding.due) : 'No date was said'}{' '}
            {finding.duePhrase && (
              <span class="faint">
                {finding.due ? 'from' : 'but'} “{finding.duePhrase}”
                {finding.dueCertainty === 'approximate' ? ', roughly' : ''}
              </span>
            )}
          </dd>
        </dl>
      )}
      {finding.evidence.map(({ line, quote }) => {
        const said = lines.find(({ no }) => no === line)
        const who = said?.person ? ownerWords(pair, said.person) : (said?.speaker ?? 'Somebody')
        const when = clock(said?.start ?? null)
        return (
          <blockquote class="quote" key={`${line} ${quote}`}>
            {quote}
            <footer>
              {who}
              {when ? `, ${when}` : ''}, <a href={`#l${line}`}>line {line}</a>
            </footer>
          </blockquote>
        )
      })}
      {lessSure(finding) && isWaiting && (
        <p class="small quiet">
          {isItem && finding.owner === null
            ? '“We” names nobody.'
            : 'Less sure: the words could be read another way.'}
        </p>
      )}
      {mine && (
        <div class="both-say" role="alert">
          <p>
            <b>This was changed meanwhile.</b> Above is what it says now.
          </p>
          {mine.text !== undefined && <p class="said">Yours: {mine.text}</p>}
          <p class="row">
            <button
              class="b tiny"
              type="button"
              onClick={() =>
                void change(mine).then(async done => done && (setEditing(false), await reload()))
              }
            >
              Take mine
            </button>
            <button
              class="b plain tiny"
              type="button"
              onClick={() => (setMine(undefined), setEditing(false))}
            >
              Leave it as it is now
            </button>
          </p>
        </div>
      )}
      {error && (
        <p class="err" role="alert">
          {error}
        </p>
      )}
      {!editing && (
        <div class="row acts">
          {isWaiting ? (
            <>
              <button class="b main" type="button" onClick={() => void settle('confirmed')}>
                Confirm <kbd>C</kbd>
              </button>
              <button
                class="b"
                type="button"
                onClick={() => edit('textarea')}
                disabled={finding.kind === 'update'}
              >
                Edit <kbd>E</kbd>
              </button>
              <button class="b plain" type="button" onClick={() => void settle('dismissed')}>
                Dismiss <kbd>X</kbd>
              </button>
            </>
          ) : (
            <>
              <button
                class="b"
                type="button"
                onClick={() => edit('textarea')}
                disabled={finding.kind === 'update'}
              >
                Edit <kbd>E</kbd>
              </button>
              <button class="b plain" type="button" onClick={() => void settle('proposed')}>
                Not settled after all
              </button>
            </>
          )}
        </div>
      )}
      {finding.kind === 'update' && isWaiting && finding.item && (
        <p class="small quiet">
          Confirm, and {promiseOf(pair, finding.item.owner)}{' '}
          {finding.due
            ? `is due ${longDay(finding.due)}${finding.item.due ? `, not ${longDay(finding.item.due)}` : ''}`
            : finding.status === 'done'
              ? 'is kept'
              : 'is dropped'}
          .
        </p>
      )}
    </article>
  )
}
