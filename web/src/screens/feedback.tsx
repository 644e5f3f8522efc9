import { useState } from 'preact/hooks'
import type { FeedbackPage, FeedbackView } from '../../../src/domain/api/feedback.ts'
import { ApiFailure, patch, sentence } from '../api.ts'
import { countWords, firstName, otherOf, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Noticed } from '../parts/noticed.tsx'
import { BothSee, Failed, NothingHere, OnlyYou, Title } from '../parts/signs.tsx'
import { AskForIt, startDraft, Upward } from '../parts/upward.tsx'
import { address } from '../route.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import type { ScreenProps } from '../screen.ts'

const stateWords = (one: FeedbackView, other: string): string => {
  if (one.actedAt) return `${other} acted on it, ${shortDay(one.actedAt)}`
  if (one.answeredAt) return `${other} answered on ${shortDay(one.answeredAt)}`
  if (one.acknowledgedAt) return `${other} read it, ${shortDay(one.acknowledgedAt)}`
  return `Waits for ${other}`
}

const Received = ({
  one,
  pair,
  other,
  reload,
}: {
  one: FeedbackView
  pair: string
  other: string
  reload: () => Promise<void>
}) => {
  const [answering, setAnswering] = useState(false)
  const [answer, setAnswer] = useState('')
  const settle = useOnce(async (state: 'acknowledged' | 'acted-on', words?: string) => {
    try {
      await patch(`/pairs/${pair}/feedback/${one.id}`, {
        version: one.version,
        state,
        ...(words ? { answer: words } : {}),
      })
      setAnswering(false)
      say(
        words
          ? `Your answer is with ${other}.`
          : state === 'acted-on'
            ? `${other} sees that you acted on it.`
            : `${other} sees that you read it.`,
      )
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  })
  const send = async () => {
    if (answer.trim() !== '')
      await settle(one.state === 'acted-on' ? 'acted-on' : 'acknowledged', answer.trim())
  }
  return (
    <article class="plate" aria-label={`From ${other}, ${shortDay(one.sharedAt)}`}>
      <p class="small quiet">
        From {other}, {shortDay(one.sharedAt)}. <BothSee>You and {other} see this</BothSee>
      </p>
      <p class="said space">{one.text}</p>
      {one.answer && (
        <p class="quiet space">
          You answered: <span class="said less">{one.answer}</span>
        </p>
      )}
      {answering ? (
        <form class="settle-form" onSubmit={submits(send)}>
          <label for={`answer-${one.id}`}>Your answer</label>
          <textarea
            class="in said"
            id={`answer-${one.id}`}
            rows={3}
            value={answer}
            onInput={event => setAnswer(event.currentTarget.value)}
          />
          <p class="row">
            <button class="b main" type="submit">
              Answer {other}
            </button>
            <button class="b plain" type="button" onClick={() => setAnswering(false)}>
              Not now
            </button>
          </p>
        </form>
      ) : (
        <p class="row space">
          {one.state === 'shared' && (
            <button class="b" type="button" onClick={() => void settle('acknowledged')}>
              Acknowledge
            </button>
          )}
          {!one.answer && (
            <button class="b" type="button" onClick={() => setAnswering(true)}>
              Answer
            </button>
          )}
          {one.state !== 'acted-on' && (
            <button class="b plain" type="button" onClick={() => void settle('acted-on')}>
              I acted on it
            </button>
          )}
          {one.actedAt && <span class="small quiet">You acted on it, {shortDay(one.actedAt)}</span>}
        </p>
      )}
    </article>
  )
}

/** What was said to each other in writing, and what one has noticed. It arrives as a page, not as an alarm. */
export const Feedback = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<FeedbackPage>(`/pairs/${id}/feedback`, id)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const pair = value?.pair
  const other = pair ? firstName(otherOf(pair).name) : ''
  return (
    <>
      <Bar me={me} pair={pair} section="feedback" onSignedOut={onSignedOut} />
      <main class="spread wide" id="page">
        <div class="sheet">
          <header>
            <Title title="Feedback">Feedback</Title>
            <p class="lede">
              What one of you saw, and what it led to. About the work, in time, and to each other.
            </p>
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {pair && value && (
            <>
              <p class="row space">
                <button class="b main" type="button" onClick={() => void startDraft(id)}>
                  Write to {other}
                </button>
              </p>
              {pair.me === 'manager' ? (
                <AskForIt page={value} reload={reload} />
              ) : (
                <Upward page={value} start={(rough, request) => void startDraft(id, rough, request)} />
              )}
              <section aria-labelledby="received">
                <div class="head">
                  <h2 id="received">From {other}</h2>
                </div>
                {value.received.length === 0 ? (
                  <p class="quiet space">Nothing yet. What {other} sends you stands here.</p>
                ) : (
                  <div class="stack space">
                    {value.received.map(one => (
                      <Received key={one.id} one={one} pair={id} other={other} reload={reload} />
                    ))}
                  </div>
                )}
              </section>
              <section aria-labelledby="given">
                <div class="head">
                  <h2 id="given">From you</h2>
                  <BothSee>You and {other} see this</BothSee>
                </div>
                {value.given.length === 0 ? (
                  <p class="quiet space">You have sent nothing yet.</p>
                ) : (
                  <ul class="list space">
                    {value.given.map(one => (
                      <li key={one.id}>
                        <p class="said">{one.text}</p>
                        <p class="small quiet">
                          {shortDay(one.sharedAt)}. {stateWords(one, other)}
                        </p>
                        {one.answer && (
                          <blockquote class="quote space">
                            {one.answer}
                            <footer>{other}</footer>
                          </blockquote>
                        )}
                      </li>
                    ))}
                  </ul>
                )}
              </section>
              <section aria-labelledby="drafts">
                <div class="private">
                  <div class="head">
                    <h2 id="drafts">
                      {value.drafts.length === 0
                        ? 'No draft'
                        : countWords(value.drafts.length, 'draft', 'drafts')}
                    </h2>
                    <OnlyYou>Only you. {other} and administrators cannot read them</OnlyYou>
                  </div>
                  {value.drafts.length > 0 && (
                    <ul class="said less">
                      {value.drafts.map(draft => (
                        <li key={draft.id}>
                          <a href={address.draft(id, draft.id)}>
                            {(draft.rough || draft.behavior || 'An empty draft').slice(0, 120)}
                          </a>{' '}
                          <span class="small quiet">{shortDay(draft.changedAt)}</span>
                        </li>
                      ))}
                    </ul>
                  )}
                </div>
              </section>
              <Noticed
                pair={id}
                other={other}
                observations={value.observations}
                reload={reload}
                start={rough => void startDraft(id, rough)}
              />
            </>
          )}
        </div>
      </main>
      {pair && <Dock pair={pair} section="feedback" />}
    </>
  )
}
