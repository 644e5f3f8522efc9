import type { RefObject } from 'preact'
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks'
import type { Finding, FindingState } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { LineView } from '../../../src/domain/api/transcripts.ts'
import { ApiFailure, sentence } from '../api.ts'
import { clock, firstName, longDay, meOf, ownerWords } from '../format.ts'
import { isSecondClick, useOnce } from '../once.ts'
import { change, forget, kept, keepConflict, type Outcome, type Wish } from '../outbox.ts'
import { findingPath, isMet, kindWords, lessSure } from '../review-state.ts'
import { say } from '../say.ts'
import { useWatched } from '../watched.ts'
import { FindingConflict } from './finding-conflict.tsx'
import { type Drafts, type Editing, FindingEdit, startEditing, wishOf } from './finding-edit.tsx'

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
  /** Going to another finding and back loses no word. */
  readonly drafts: Drafts
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

/** Sends what a person wants of a finding, keeps it while nobody answers, and holds it where another was quicker. */
const useChange = (path: string, finding: Finding, reload: () => Promise<void>) => {
  const [error, setError] = useState<string>()
  // A change of my own is no other's: what I do next goes on top of it, before the rows are fresh.
  const seen = useRef(finding.version)
  seen.current = Math.max(seen.current, finding.version)
  const make = async (wish: Wish, version = seen.current): Promise<Outcome | undefined> => {
    try {
      const outcome = await change(path, version, wish)
      if ('changed' in outcome) seen.current = outcome.changed.version
      setError(undefined)
      return outcome
    } catch (failure) {
      if (failure instanceof ApiFailure && failure.code === 'changed-meanwhile')
        keepConflict(path, version, wish)
      else setError(sentence(failure))
      await reload()
      return undefined
    }
  }
  return { make, error }
}

/** The finding one is about to settle: words, who, when, the quote, and what can be done. */
export const FindingCard = ({ handle, pair, finding, number, lines, drafts, onSettled, reload }: Props) => {
  const [editing, show] = useState(drafts.get(finding.id))
  const setEditing = (next: Editing | undefined) => {
    show(next)
    if (next) drafts.set(finding.id, next)
    else drafts.delete(finding.id)
  }
  const form = useRef<HTMLFormElement>(null)
  const owners = useRef<HTMLSpanElement>(null)
  const path = findingPath(pair.id, finding)
  const isItem = finding.kind === 'action-item'
  const mine = useWatched(kept).find(one => one.path === path)
  const { make, error } = useChange(path, finding, reload)

  // Both wanted the same: nothing is left to ask.
  const isAgreed = mine?.conflict === true && isMet(finding, mine.wish)
  useEffect(() => {
    if (isAgreed) forget(path)
  }, [isAgreed, path])

  const tell = (words: string, before: FindingState, outcome: Outcome) => {
    if ('takeBack' in outcome)
      return say(`Kept here until the server is back. ${words}: ${finding.text}`, () => {
        if (!outcome.takeBack()) say('It has been sent meanwhile. Open it again to change it.')
      })
    say(`${words}: ${finding.text}`, async () => {
      await change(path, outcome.changed.version, { state: before }).catch((failure: unknown) =>
        say(sentence(failure)),
      )
      await reload()
    })
  }
  const settle = useOnce(async (state: FindingState) => {
    // Words still in the field go along: confirming means what one sees.
    const wish = { ...(editing && wishOf(editing)), state }
    const outcome = await make(wish, editing?.of.version)
    setEditing(undefined)
    if (!outcome) return
    tell(doneWords[state] ?? 'Changed', finding.state, outcome)
    await onSettled()
  })
  const press = (state: FindingState) => (event: MouseEvent) => {
    if (!isSecondClick(event)) void settle(state)
  }
  const edit = (field: string) => {
    if (finding.kind === 'update') return
    setEditing(startEditing(finding))
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(field)?.focus())
  }
  const focusTitle = () => requestAnimationFrame(() => document.getElementById('card-title')?.focus())
  const save = useOnce(async () => {
    if (!editing) return
    const wish = wishOf(editing)
    if (Object.keys(wish).length > 0) await make(wish, editing.of.version)
    setEditing(undefined)
    focusTitle()
    await reload()
  })
  const takeMine = useOnce(async () => {
    if (!mine) return
    forget(path)
    await make(mine.wish, finding.version)
    await reload()
  })
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
        <FindingEdit
          form={form}
          editing={editing}
          onEdit={setEditing}
          onSave={() => void save()}
          onLeave={() => (setEditing(undefined), focusTitle())}
        />
      ) : (
        <h3 class="said" id="card-title" tabIndex={-1}>
          {finding.text}
        </h3>
      )}
      {isItem && !editing && (
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
                    onChange={() => void make({ owner }).then(reload)}
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
      {mine && !mine.conflict && <p class="small look">Kept here, and sent when the server is back.</p>}
      {mine?.conflict && !isAgreed && (
        <FindingConflict
          pair={pair}
          mine={mine.wish}
          onTake={() => void takeMine()}
          onLeave={() => (forget(path), focusTitle())}
        />
      )}
      {error && (
        <p class="err" role="alert">
          {error}
        </p>
      )}
      {finding.kind === 'update' && isWaiting && finding.item && (
        <p class="small quiet follows">
          Confirm, and {promiseOf(pair, finding.item.owner)}{' '}
          {finding.due
            ? `is due ${longDay(finding.due)}${finding.item.due ? `, not ${longDay(finding.item.due)}` : ''}`
            : finding.status === 'done'
              ? 'is kept'
              : 'is dropped'}
          .
        </p>
      )}
      {!editing && (
        <div class="row acts">
          {isWaiting ? (
            <>
              <button class="b main" type="button" onClick={press('confirmed')}>
                Confirm <kbd>C</kbd>
              </button>
              {finding.kind !== 'update' && (
                <button class="b" type="button" onClick={() => edit('textarea')}>
                  Edit <kbd>E</kbd>
                </button>
              )}
              <button class="b plain" type="button" onClick={press('dismissed')}>
                Dismiss <kbd>X</kbd>
              </button>
            </>
          ) : (
            <>
              {finding.kind !== 'update' && (
                <button class="b" type="button" onClick={() => edit('textarea')}>
                  Edit <kbd>E</kbd>
                </button>
              )}
              <button class="b plain" type="button" onClick={press('proposed')}>
                Not settled after all
              </button>
            </>
          )}
        </div>
      )}
    </article>
  )
}
