import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Finding } from '../../../src/domain/api/findings.ts'
import type { PairPage } from '../../../src/domain/api/pairs.ts'
import type { Review as ReviewAnswer } from '../../../src/domain/api/transcripts.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure } from '../api.ts'
import { countWords, firstName, otherOf } from '../format.ts'
import { useKeys } from '../keys.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { FindingCard, type CardHandle } from '../parts/finding-card.tsx'
import type { Drafts } from '../parts/finding-edit.tsx'
import { FindingRow } from '../parts/finding-row.tsx'
import { Icon } from '../parts/icon.tsx'
import { BothSee, Failed, NothingHere, Title } from '../parts/signs.tsx'
import { HowRead } from '../parts/how-read.tsx'
import { TranscriptPane } from '../parts/transcript-pane.tsx'
import { kept } from '../outbox.ts'
import { isWaiting, kindWords, lessSure, withKept } from '../review-state.ts'
import { address } from '../route.ts'
import { announce } from '../say.ts'
import { useWatched } from '../watched.ts'

/** What was found, beside the words it rests on. Nothing counts until somebody confirms it here. */
export const Review = ({
  me,
  onSignedOut,
  pair: pairId,
  transcript: id,
}: ScreenProps & { pair: string; transcript: string }) => {
  const page = useLoaded<PairPage>(`/pairs/${pairId}`, pairId)
  const { value, error, reload } = useLoaded<ReviewAnswer>(`/pairs/${pairId}/transcripts/${id}`, pairId)
  const [chosen, choose] = useState<string>()
  const card = useRef<CardHandle>(null)
  const drafts = useRef<Drafts>(new Map())
  /** A narrow window shows the chosen one, until all are asked for. */
  const [every, showEvery] = useState(false)
  const pair = page.value?.pair

  // Dismissed ones are gone from sight; less sure ones come last.
  const unsent = useWatched(kept)
  const findings = useMemo(
    () =>
      withKept(value?.findings ?? [], unsent, pairId, me.person.id).toSorted(
        (one, other) => Number(lessSure(one)) - Number(lessSure(other)),
      ),
    [value, unsent, pairId, me],
  )
  const waiting = findings.filter(isWaiting)
  const settled = findings.filter(finding => !isWaiting(finding))
  const current = findings.find(finding => finding.id === chosen) ?? waiting[0]
  const numberOf = (finding: Finding) => findings.indexOf(finding) + 1

  const select = useCallback(
    (finding: Finding | undefined) => {
      if (!finding) return
      choose(finding.id)
      const line = finding.evidence[0]?.line
      announce(
        `Finding ${findings.indexOf(finding) + 1} of ${findings.length}. ${kindWords(finding)}: ${finding.text}.${line ? ` The quoted words are marked in line ${line}.` : ''}`,
      )
    },
    [findings],
  )
  const step = (by: number) => {
    const index = current ? waiting.indexOf(current) : -1
    select(waiting[(index + by + waiting.length) % waiting.length])
  }
  /** After one is settled the next one waiting has the focus. */
  const goOn = async (from: Finding) => {
    const index = waiting.indexOf(from)
    const next = waiting[index + 1] ?? waiting[index - 1]
    // Chosen before the rows come: a key pressed meanwhile must not meet the one just settled.
    choose(next?.id)
    await reload()
    requestAnimationFrame(() => document.getElementById(next ? 'card-title' : 'to-settle')?.focus())
  }

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    c: () => card.current?.confirm(),
    x: () => card.current?.dismiss(),
    e: () => card.current?.edit(),
    o: () => card.current?.owner(),
    d: () => card.current?.due(),
    Enter: () => current?.evidence[0] && document.getElementById(`l${current.evidence[0].line}`)?.focus(),
    Escape: () => document.getElementById('card-title')?.focus(),
  })
  useEffect(() => {
    const line = location.hash.match(/^#l(\d+)$/)?.[1]
    if (line && value) document.getElementById(`l${line}`)?.scrollIntoView({ block: 'center' })
    // Only on arrival: later readings leave the scrolling alone.
  }, [value !== undefined])

  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  return (
    <>
      <Bar me={me} pair={pair} section="week" onSignedOut={onSignedOut} />
      <main class="spread wide review-page" id="page">
        <div class="sheet">
          <header class="review-head">
            <div>
              <p class="small kicker">
                {value && <a href={address.after(pairId, value.transcript.meeting)}>Back to the meeting</a>}
              </p>
              <Title title="What was found">What was found</Title>
            </div>
            <p class="quiet small">
              Nothing counts until one of you confirms it.
              <br />
              {pair && <BothSee>You and {firstName(otherOf(pair).name)} can both do this</BothSee>}
            </p>
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {value && pair && (
            <div class="review">
              <section
                class={every || waiting.length === 0 ? 'findings every' : 'findings'}
                aria-labelledby="to-settle"
              >
                <div class="head tight">
                  <h2 id="to-settle" tabIndex={-1}>
                    {waiting.length > 0
                      ? `${countWords(waiting.length, '', '').trim()} to settle`
                      : 'All settled'}
                  </h2>
                  {waiting.length > 0 && (
                    <p class="stepper">
                      <button
                        class="icon-b"
                        type="button"
                        aria-label="Previous finding"
                        onClick={() => step(-1)}
                      >
                        <Icon name="left" small />
                      </button>
                      <span class="small quiet num">
                        {current ? Math.max(1, waiting.indexOf(current) + 1) : 1} of {waiting.length}
                      </span>
                      <button class="icon-b" type="button" aria-label="Next finding" onClick={() => step(1)}>
                        <Icon name="right" small />
                      </button>
                    </p>
                  )}
                  <p class="small quiet num settled-count">
                    {settled.length} of {findings.length} settled
                  </p>
                </div>
                {findings.length > 0 && (
                  <div
                    class="progress"
                    role="progressbar"
                    aria-label="Findings settled"
                    aria-valuemin={0}
                    aria-valuemax={findings.length}
                    aria-valuenow={settled.length}
                  >
                    <span style={{ width: `${(100 * settled.length) / findings.length}%` }} />
                  </div>
                )}
                {findings.length === 0 && (
                  <div class="empty space">
                    <p>Nothing was found in this meeting.</p>
                    <p class="quiet">
                      {value.lines.length} lines. That happens, and it may be right. If something is missing,
                      mark its words in the transcript.
                    </p>
                  </div>
                )}
                <ol class="wait" aria-label="Findings that wait">
                  {waiting.map(finding => (
                    <li
                      class={`finding${finding === current ? ' on' : ''}${lessSure(finding) ? ' unsure' : ''}`}
                      key={finding.id}
                    >
                      {finding === current ? (
                        <FindingCard
                          handle={card}
                          pair={pair}
                          finding={finding}
                          number={numberOf(finding)}
                          lines={value.lines}
                          drafts={drafts.current}
                          onSettled={() => goOn(finding)}
                          reload={reload}
                        />
                      ) : (
                        <FindingRow
                          pair={pair}
                          finding={finding}
                          number={numberOf(finding)}
                          onChoose={() => select(finding)}
                        />
                      )}
                    </li>
                  ))}
                </ol>
                {settled.length > 0 && (
                  <details class="settled" open={waiting.length === 0}>
                    <summary>{countWords(settled.length, '', '').trim()} settled</summary>
                    <ol>
                      {settled.map(finding => (
                        <li class={`finding${finding === current ? ' on' : ''}`} key={finding.id}>
                          {finding === current ? (
                            <FindingCard
                              handle={card}
                              pair={pair}
                              finding={finding}
                              number={numberOf(finding)}
                              lines={value.lines}
                              drafts={drafts.current}
                              onSettled={async () => reload()}
                              reload={reload}
                            />
                          ) : (
                            <FindingRow
                              pair={pair}
                              finding={finding}
                              number={numberOf(finding)}
                              onChoose={() => select(finding)}
                            />
                          )}
                        </li>
                      ))}
                    </ol>
                  </details>
                )}
                {waiting.length > 1 && (
                  <p class="row hang">
                    <button
                      class="b plain whole"
                      type="button"
                      aria-expanded={every}
                      onClick={() => showEvery(!every)}
                    >
                      {every
                        ? 'Only this finding'
                        : `All ${countWords(findings.length, '', 'findings').toLowerCase()}`}
                    </button>
                  </p>
                )}
                <p class="small faint keys">
                  <kbd>J</kbd> <kbd>K</kbd> next and previous. <kbd>Z</kbd> undo. Missed something? Mark the
                  words in the transcript.
                </p>
              </section>
              <TranscriptPane
                pair={pair}
                review={value}
                findings={findings}
                current={current}
                onChoose={select}
                onAdded={reload}
              />
            </div>
          )}
        </div>
        {value && <HowRead pair={pairId} transcript={value.transcript.id} />}
      </main>
      {current && isWaiting(current) ? (
        <aside class="thumb-bar" aria-label="Settle this finding">
          <button class="b plain" type="button" onClick={() => card.current?.dismiss()}>
            Dismiss
          </button>
          <button
            class="b"
            type="button"
            disabled={current.kind === 'update'}
            onClick={() => card.current?.edit()}
          >
            Edit
          </button>
          <button class="b main" type="button" onClick={() => card.current?.confirm()}>
            Confirm
          </button>
        </aside>
      ) : (
        pair && <Dock pair={pair} section="week" />
      )}
    </>
  )
}
