import { useState } from 'preact/hooks'
import type { FeedbackDraftPage, FeedbackPage, UpwardTopic } from '../../../src/domain/api/feedback.ts'
import { post, sentence } from '../api.ts'
import { useLoaded } from '../load.ts'
import { address, go } from '../route.ts'
import { countWords, firstName, otherOf, shortDay } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { OnlyYou } from './signs.tsx'
import { Source } from './source.tsx'

/** Begins a draft with these words and goes there. */
export const startDraft = async (pair: string, rough = '', request: string | null = null): Promise<void> => {
  try {
    const { draft } = await post<FeedbackDraftPage>(`/pairs/${pair}/feedback-drafts`, { rough, request })
    go(address.draft(pair, draft.id))
  } catch (failure) {
    say(sentence(failure))
  }
}

/** Where telling the manager stands: asked, told, answered, acted on, each with its day. */
const Steps = ({ page }: { page: FeedbackPage }) => {
  const manager = firstName(page.pair.manager.name)
  const [asked] = page.asked
  const told = page.given.find(({ sharedAt }) => asked === undefined || sharedAt >= asked.askedAt)
  const steps = [
    {
      words: asked ? `${manager} asked, ${shortDay(asked.askedAt)}` : `${manager} has not asked`,
      done: asked !== undefined,
    },
    {
      words: told ? `You told ${manager}, ${shortDay(told.sharedAt)}` : `You tell ${manager}`,
      done: told !== undefined,
    },
    {
      words: told?.answeredAt ? `${manager} answered, ${shortDay(told.answeredAt)}` : `${manager} answers`,
      done: Boolean(told?.answeredAt),
    },
    {
      words: told?.actedAt ? `${manager} acted, ${shortDay(told.actedAt)}` : `${manager} acts on it`,
      done: Boolean(told?.actedAt),
    },
  ]
  const now = steps.findLastIndex(({ done }) => done)
  return (
    <ol class="steps" aria-label="Where this stands">
      {steps.map(({ words, done }, index) => (
        <li
          key={index}
          class={index === now ? 'now' : done ? 'past' : ''}
          aria-current={index === now ? 'step' : undefined}
        >
          <span class="dot" />
          {words}
        </li>
      ))}
    </ol>
  )
}

/** A meeting stands for itself only where no line of its day does. */
const shownOf = ({ sources }: UpwardTopic) =>
  sources
    .filter(
      ({ kind, day }) =>
        day !== null &&
        (kind !== 'meeting' || !sources.some(one => one.kind !== 'meeting' && one.day === day)),
    )
    .slice(0, 3)

const Place = ({
  pair,
  topic,
  start,
  wave,
}: {
  pair: string
  topic: UpwardTopic
  start: () => void
  wave: () => void
}) => (
  <li>
    <p>
      <b>{topic.text}</b>
    </p>
    <p class="quiet">{topic.reason}</p>
    {shownOf(topic).length > 0 && (
      <p class="sources">
        {shownOf(topic).map(source => (
          <Source key={source.id} pair={pair} source={source} />
        ))}
      </p>
    )}
    <p class="row">
      <button class="b tiny" type="button" aria-label={`Start writing: ${topic.text}`} onClick={start}>
        Start writing
      </button>
      <button class="b plain tiny" type="button" aria-label={`Not now: ${topic.text}`} onClick={wave}>
        Not now
      </button>
    </p>
  </li>
)

/** Helps the report to say it; private until they share. */
export const Upward = ({
  page,
  start,
}: {
  page: FeedbackPage
  start: (rough: string, request: string | null) => void
}) => {
  const [waved, wave] = useState<readonly string[]>([])
  const manager = firstName(otherOf(page.pair).name)
  const [asked] = page.asked
  const open = asked && !page.given.some(({ sharedAt }) => sharedAt >= asked.askedAt) ? asked : undefined
  const places = page.upward.filter(({ text }) => !waved.includes(text))
  return (
    <section aria-labelledby="upward">
      <div class="private up">
        <div class="head tight">
          <h2 id="upward">Something to tell {manager}?</h2>
          <OnlyYou>Only you, until you share it</OnlyYou>
        </div>
        <Steps page={page} />
        {open && (
          <blockquote class="quote space">
            {open.question}
            <footer>
              {manager}, {shortDay(open.askedAt)}
            </footer>
          </blockquote>
        )}
        {places.length > 0 ? (
          <>
            <h3 class="space">{countWords(places.length, 'place to start', 'places to start')}</h3>
            <ul class="up-list">
              {places.map(topic => (
                <Place
                  key={topic.text}
                  pair={page.pair.id}
                  topic={topic}
                  start={() => start('', open?.id ?? null)}
                  wave={() => wave([...waved, topic.text])}
                />
              ))}
            </ul>
          </>
        ) : (
          <p class="quiet space">Nothing comes to mind from your meetings. You can write freely.</p>
        )}
        {open && (
          <p class="row space">
            <button class="b" type="button" onClick={() => start('', open.id)}>
              Answer {manager}
            </button>
          </p>
        )}
      </div>
    </section>
  )
}

/** The same on the page of the next meeting, where it is read anyway. */
export const UpwardSlip = ({ pair }: { pair: string }) => {
  const { value } = useLoaded<FeedbackPage>(`/pairs/${pair}/feedback`, pair)
  return value ? (
    <Upward page={value} start={(rough, request) => void startDraft(pair, rough, request)} />
  ) : null
}

/** The manager's side: when they asked last, what is owed, and a field to ask. Nothing else of it is theirs to see. */
export const AskForIt = ({ page, reload }: { page: FeedbackPage; reload: () => Promise<void> }) => {
  const [question, setQuestion] = useState('')
  const report = firstName(otherOf(page.pair).name)
  const [last] = page.asked
  const ask = useOnce(async () => {
    if (question.trim() === '') return
    try {
      await post(`/pairs/${page.pair.id}/feedback-requests`, { question: question.trim() })
      setQuestion('')
      say(`${report} sees your question.`)
      await reload()
    } catch (failure) {
      say(sentence(failure))
    }
  })
  return (
    <section aria-labelledby="ask">
      {page.reminder && (
        <div class="banner framed">
          <p>
            {page.reminder === 'ask' ? (
              <>
                <b>A month without asking.</b>{' '}
                {last
                  ? `You last asked ${report} on ${shortDay(last.askedAt)}.`
                  : `You have not asked ${report} yet.`}
              </>
            ) : (
              <>
                <b>An answer is owed.</b> {report} told you something. It stands below.
              </>
            )}
          </p>
        </div>
      )}
      <div class="head">
        <h2 id="ask">Ask {report} how you do</h2>
        {last && <span class="small quiet">Last asked on {shortDay(last.askedAt)}</span>}
      </div>
      <form class="add two space" aria-label={`Ask ${report}`} onSubmit={submits(ask)}>
        <input
          class="in said"
          aria-label="Your question"
          placeholder="What could I do so that …?"
          value={question}
          onInput={event => setQuestion(event.currentTarget.value)}
        />
        <button class="b" type="submit">
          Ask {report}
        </button>
      </form>
    </section>
  )
}
