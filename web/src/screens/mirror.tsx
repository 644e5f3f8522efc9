import { useState } from 'preact/hooks'
import type { MirrorPage } from '../../../src/domain/api/mirror.ts'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import { ApiFailure, get, put, sentence } from '../api.ts'
import { firstName, longDay, monthDay, otherOf, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { GrowthClock } from '../parts/growth-clock.tsx'
import { AsTable, LineChart } from '../parts/mirror/chart.tsx'
import { Questions } from '../parts/mirror/questions.tsx'
import { Topics } from '../parts/mirror/topics.tsx'
import * as words from '../parts/mirror/words.ts'
import { Failed, NothingHere, OnlyYou, Title } from '../parts/signs.tsx'
import { usePrivatePage } from '../private-page.ts'
import { address } from '../route.ts'
import { say } from '../say.ts'
import type { ScreenProps } from '../screen.ts'

const ToTry = ({ page }: { page: MirrorPage }) => {
  const { pair, attempt, next } = page
  const [isNoted, setNoted] = useState(false)
  if (attempt === null) return null
  const putInNote = async (meeting: string) => {
    try {
      const at = `/pairs/${pair.id}/meetings/${meeting}`
      const { ownNote } = await get<MeetingPage>(at)
      if (!ownNote.text.includes(attempt.text))
        await put(`${at}/own-note`, {
          text: [ownNote.text.trimEnd(), `To try: ${attempt.text}`].filter(Boolean).join('\n\n'),
          version: ownNote.version,
        })
      setNoted(true)
      say('It stands in your own note.')
    } catch (failure) {
      say(sentence(failure))
    }
  }
  return (
    <section aria-labelledby="to-try" class="try">
      <h2 id="to-try">One thing to try{next ? ` on ${longDay(next.on)}` : ' next time'}</h2>
      <p class="try-it">{attempt.text}</p>
      <p class="quiet">
        {attempt.because} {attempt.check}
      </p>
      {next &&
        (isNoted ? (
          <p class="quiet space-s">
            It stands in your own note of <a href={address.before(pair.id, next.id)}>{longDay(next.on)}</a>.
          </p>
        ) : (
          <p class="row space-s">
            <button class="b main" type="button" onClick={() => void putInNote(next.id)}>
              Put it in my own note
            </button>
          </p>
        ))}
    </section>
  )
}

const percents = (value: number) => `${words.percent(value)} %`

const Measures = ({ page }: { page: MirrorPage }) => {
  const { meetings, measures, growth } = page
  const timed = meetings.flatMap(({ on, longestTurn: { seconds } }) =>
    seconds === null ? [] : [{ on, value: seconds }],
  )
  const shares = meetings.map(({ on, share }) => ({ on, value: share }))
  return (
    <>
      <section aria-labelledby="share">
        <h2 id="share">{words.shareTitle(measures.share)}</h2>
        <p class="quiet">{words.beside(measures.share, words.percentRange)}</p>
        <LineChart name="share" points={shares} half={{ at: 0.5, words: 'half' }} words={percents} />
        <AsTable
          caption="Your share of the words"
          columns={['You']}
          rows={shares.map(({ on, value }) => [monthDay(on), percents(value)])}
        />
      </section>
      <section aria-labelledby="topics">
        <h2 id="topics">{words.statusTitle(measures.status)}</h2>
        {measures.status.compared ? (
          <>
            <p class="quiet">
              {words.beside(measures.status, words.percentRange)} A bigger dot means more of the meeting.
            </p>
            <Topics name="topics" meetings={meetings} />
          </>
        ) : (
          <p class="quiet">
            {words.notEnough(measures.status.have, meetings.length, 'were told apart by topic')}
          </p>
        )}
      </section>
      <section aria-labelledby="growth">
        <h2 id="growth">{words.growthTitle(growth)}</h2>
        {growth.last && <GrowthClock clock={growth} />}
      </section>
      <section aria-labelledby="questions">
        <h2 id="questions">{words.questionsTitle(meetings)}</h2>
        {measures.openQuestions.compared ? (
          <>
            <p class="quiet">
              {words.beside(measures.openQuestions, words.countRange)} Filled: open, they begin with what, how
              or why. Hollow: closed.
            </p>
            <Questions name="questions" meetings={meetings} />
          </>
        ) : (
          <p class="quiet">
            {measures.openQuestions.have === 0
              ? 'Open and closed questions are told apart in English only.'
              : words.notEnough(measures.openQuestions.have, meetings.length, 'are in English')}
          </p>
        )}
      </section>
      <section aria-labelledby="longest">
        <h2 id="longest">{words.longestTitle(measures.longestTurn)}</h2>
        {measures.longestTurn.compared ? (
          <>
            <p class="quiet">{words.beside(measures.longestTurn, words.lengthRange)}</p>
            <LineChart name="longest" points={timed} words={words.minutes} />
            <AsTable
              caption="Your longest turn"
              columns={['Minutes']}
              rows={timed.map(({ on, value }) => [monthDay(on), words.minutes(value)])}
            />
          </>
        ) : (
          <p class="quiet">
            {words.notEnough(measures.longestTurn.have, meetings.length, 'have exact times')}
          </p>
        )}
      </section>
    </>
  )
}

/** How I talk in these meetings, beside how I talked before: sentences first, and nobody but me. */
export const Mirror = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<MirrorPage>(`/pairs/${id}/mirror`, id)
  usePrivatePage()
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const other = value ? firstName(otherOf(value.pair).name) : 'The other'
  return (
    <>
      <div class="private-band" />
      <Bar me={me} pair={value?.pair} section="mirror" onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          <header>
            <Title title="My mirror">My mirror</Title>
            <p class="lede">
              How you talk in these meetings, next to how you talked before. It counts words. It does not
              judge, and it does not compare you with anyone else.
            </p>
            <p class="page-sees">
              <OnlyYou>Only you can read this page. {other} has one too, which you cannot read.</OnlyYou>
            </p>
          </header>
          {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
          {value && value.meetings.length < value.least && (
            <section aria-labelledby="not-yet">
              <h2 id="not-yet">Not enough data yet</h2>
              <p class="quiet">{words.tooFew(value.meetings.length)}</p>
            </section>
          )}
          {value && value.meetings.length >= value.least && (
            <>
              <ToTry page={value} />
              <Measures page={value} />
            </>
          )}
        </main>
        {value && (
          <aside class="rail" aria-label="About these numbers">
            <section aria-labelledby="from">
              <h2 id="from">Where this comes from</h2>
              <p class="small quiet">
                {words.transcripts(value.meetings.length)}
                {value.without.length > 0 &&
                  ` Nothing could be counted of ${value.without.slice(0, 3).map(shortDay).join(', ')}${
                    value.without.length > 3 ? ` and ${value.without.length - 3} more` : ''
                  }.`}
              </p>
            </section>
            <section aria-labelledby="cannot">
              <h2 id="cannot">What it cannot tell</h2>
              <p class="small quiet">Whether a meeting was good. A hard talk may need you to speak more.</p>
            </section>
            <section aria-labelledby="both-see">
              <h2 id="both-see">What you both see</h2>
              <p class="small quiet">
                Only the habit of meeting: <a href={address.rhythm(value.pair.id)}>Rhythm</a>.
              </p>
            </section>
          </aside>
        )}
      </div>
      {value && <Dock pair={value.pair} section="mirror" />}
    </>
  )
}
