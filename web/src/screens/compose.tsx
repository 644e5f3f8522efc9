import { useState } from 'preact/hooks'
import type { GateMark } from '../../../src/domain/api/feedback.ts'
import { ApiFailure, remove } from '../api.ts'
import { type PartName, partNames, useDraft } from '../draft-keeper.ts'
import { countWords, firstName, otherOf, shortDay } from '../format.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { GateText } from '../parts/gate-text.tsx'
import { SortedByModel } from '../parts/sorted-by-model.tsx'
import { Failed, NothingHere, OnlyYou, Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'
import { usePrivatePage } from '../private-page.ts'
import { say } from '../say.ts'
import type { ScreenProps } from '../screen.ts'
import { sendInTenSeconds } from '../sending.ts'

const labels: Record<PartName, string> = {
  situation: 'When and where',
  behavior: 'What you saw',
  impact: 'What it led to',
  ask: 'What you ask',
}

const Ask = ({
  mark,
  no,
  name,
  mean,
  cut,
}: {
  mark: GateMark
  no: number
  name: string
  mean: () => void
  cut: () => void
}) => (
  <li class="ask">
    <span class="ask-no" aria-hidden="true">
      {no}
    </span>
    <div>
      <p id={`ask-${no}`}>{mark.question}</p>
      <p class="small quiet row">
        <button class="lk" type="button" aria-describedby={`ask-${no}`} onClick={mean}>
          I mean the work, not {name}
        </button>
        <button class="lk" type="button" aria-describedby={`ask-${no}`} onClick={cut}>
          Leave it out
        </button>
      </p>
    </div>
  </li>
)

/** Say it about behaviour: rough words, questions beside them, and below what the other would read. */
export const Compose = ({
  me,
  onSignedOut,
  pair: pairId,
  draft: id,
}: ScreenProps & { pair: string; draft: string }) => {
  usePrivatePage()
  const { page, words, error, state, write } = useDraft(pairId, id)
  const [leaving, leave] = useState(false)
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const pair = page?.pair
  const name = pair ? firstName(otherOf(pair).name) : ''
  const back = () => go(address.feedback(pairId))
  const gate = page?.gate
  const places = gate
    ? [
        ...gate.marks,
        ...gate.partMarks.filter(({ words: at }) => !gate.marks.some(mark => mark.words === at)),
      ]
    : []
  const saved = state === 'saved'
  const mayBeSent = gate?.mayBeSent === true && saved && !leaving
  const reasons = gate
    ? [
        ...(gate.partMarks.length > 0
          ? [countWords(gate.partMarks.length, 'place is settled', 'places are settled').toLowerCase()]
          : []),
        ...(gate.areasQuestion ? ['it is about two things at most'] : []),
        ...gate.missing.map(({ part }) => `“${labels[part]}” is written`),
      ]
    : []
  const send = () => {
    if (!page || !mayBeSent) return
    leave(true)
    sendInTenSeconds(pairId, id, page.draft.version, name, () => undefined)
    back()
  }
  const cut = ({ words: at }: GateMark) => {
    if (!words) return
    const without = (text: string) =>
      text
        .replace(at, '')
        .replaceAll(/ {2,}/g, ' ')
        .replaceAll(/ ([.,;])/g, '$1')
    const before = { ...words }
    write({
      rough: without(words.rough),
      ...Object.fromEntries(
        (['situation', 'behavior', 'impact', 'ask'] as const)
          .filter(part => words[part].includes(at))
          .map(part => [part, without(words[part])]),
      ),
    })
    say(`Left out: ${at}`, () => write(before))
  }
  const discard = async () => {
    await remove(`/pairs/${pairId}/feedback-drafts/${id}`)
    back()
  }
  return (
    <>
      <div class="private-band" />
      <Bar me={me} pair={pair} section="feedback" onSignedOut={onSignedOut} />
      <main class="spread wide" id="page">
        <div class="sheet">
          <header>
            <p class="small kicker">
              <a href={address.feedback(pairId)}>Feedback</a>
            </p>
            <Title title="Feedback, a draft">{pair ? `To ${name}` : 'A draft'}</Title>
            <p class="lede">Write it as it comes. It stays here until you send it.</p>
            <p class="page-sees">
              <OnlyYou>
                Only you can read this draft. {name || 'The other'} cannot, an administrator cannot.
              </OnlyYou>
            </p>
          </header>
          {error ? <Failed error={error} again={() => location.reload()} /> : null}
          {page && words && gate && (
            <div
              class="compose"
              onKeyDown={event => {
                if (event.altKey && event.key === 'Enter') {
                  event.preventDefault()
                  send()
                }
              }}
            >
              <section aria-labelledby="rough">
                <div class="head tight">
                  <h2 id="rough">Your words</h2>
                  <span class="small quiet" role="status">
                    {saved ? 'Saved' : state === 'waiting' ? 'Saving' : state}
                  </span>
                </div>
                <GateText
                  text={words.rough}
                  marks={gate.marks}
                  labelledBy="rough"
                  describedBy="marked"
                  onText={rough => write({ rough })}
                />
                <p class="small quiet space" id="marked">
                  {gate.marks.length === 0
                    ? 'Nothing in it is marked.'
                    : `${countWords(gate.marks.length, 'place is marked', 'places are marked')}. The questions follow after the text; F8 goes from one to the next.`}
                </p>
                <SortedByModel
                  path={`/pairs/${pairId}/feedback-drafts/${id}`}
                  labels={labels}
                  isSaved={saved && words.rough.trim() !== ''}
                  free={partNames.filter(part => words[part] === '' || words[part] === gate.suggested[part])}
                  take={parts => {
                    const before = { ...words }
                    write(parts)
                    say('Taken into the parts below', () => write(before))
                  }}
                />
              </section>
              <section class="side" aria-labelledby="questions">
                <div class="head tight">
                  <h2 id="questions">{countWords(places.length, 'question', 'questions')}</h2>
                </div>
                {places.length > 0 && (
                  <ol class="asks">
                    {places.map((mark, index) => (
                      <Ask
                        key={`${mark.words} ${mark.start}`}
                        mark={mark}
                        no={index + 1}
                        name={name}
                        mean={() => write({ meantOtherwise: [...words.meantOtherwise, mark.words] })}
                        cut={() => cut(mark)}
                      />
                    ))}
                  </ol>
                )}
                {gate.areas === 2 && <p class="space">Two things. Which first?</p>}
                {gate.areasQuestion && <p class="space">{gate.areasQuestion}</p>}
                {page.observations.length > 0 && (
                  <div class="observed">
                    <h2>Things you noticed</h2>
                    <ul class="said less">
                      {page.observations.slice(0, 6).map(({ id: key, on, text }) => (
                        <li key={key}>
                          {shortDay(on)}. {text}{' '}
                          <button
                            class="lk small"
                            type="button"
                            aria-label={`Use it: ${text}`}
                            onClick={() =>
                              write({
                                rough: `${words.rough.trimEnd()}${words.rough.trim() === '' ? '' : '\n'}On ${shortDay(on)}: ${text}`,
                              })
                            }
                          >
                            Use it
                          </button>
                        </li>
                      ))}
                    </ul>
                    <p class="small quiet space">One thing at a time is heard best. Two at most.</p>
                  </div>
                )}
              </section>
              <section class="sbi" aria-labelledby="reads">
                <h2 id="reads">What {name} would read</h2>
                <dl>
                  {(['situation', 'behavior', 'impact', 'ask'] as const).map(part => {
                    const missing = gate.missing.find(one => one.part === part)
                    return (
                      <div key={part} class={missing ? 'missing' : ''}>
                        <dt>
                          <label for={part}>
                            {labels[part]}
                            {part === 'ask' && <span class="quiet light">, if you like</span>}
                          </label>
                        </dt>
                        <dd class="said">
                          <textarea
                            class="in said"
                            id={part}
                            rows={2}
                            value={words[part]}
                            placeholder={missing?.question}
                            aria-describedby={missing ? `${part}-missing` : undefined}
                            onInput={event => write({ [part]: event.currentTarget.value })}
                          />
                          {missing && (
                            <p class="small look" id={`${part}-missing`}>
                              Missing. {missing.question} Nothing will be made up for you.
                            </p>
                          )}
                        </dd>
                      </div>
                    )
                  })}
                </dl>
                <div class="row send">
                  <button
                    class={mayBeSent ? 'b main' : 'b'}
                    type="button"
                    aria-disabled={mayBeSent ? undefined : 'true'}
                    aria-describedby="why-not"
                    onClick={() => send()}
                  >
                    Send to {name}
                  </button>
                  <button class="b plain" type="button" onClick={back}>
                    Keep for later
                  </button>
                  <button class="b plain" type="button" onClick={() => void discard()}>
                    Throw it away
                  </button>
                  <p class="small quiet" id="why-not">
                    {gate.mayBeSent
                      ? `${name} reads these parts and nothing else of it. It leaves after ten seconds.`
                      : `Ready when ${reasons.join(', and when ')}.`}
                  </p>
                </div>
              </section>
            </div>
          )}
        </div>
      </main>
      {pair && <Dock pair={pair} section="feedback" />}
    </>
  )
}
