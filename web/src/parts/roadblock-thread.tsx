import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { MentionView } from '../../../src/domain/api/roadblocks.ts'
import { firstName, shortDay } from '../format.ts'
import { address } from '../route.ts'
import { Icon } from './icon.tsx'
import { DueDay } from './promise-row.tsx'

const order = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']

/** "You", a first name, or the label as it stands in the file. */
const speakerWords = (pair: PairView, speaker: string | null): string => {
  if (speaker === null) return 'Somebody'
  const mine = pair[pair.me].name
  return speaker === mine || speaker === firstName(mine) ? 'You' : firstName(speaker)
}

/** What was said about it, meeting by meeting, the newest first; each dot is a meeting. */
export const Thread = ({ pair, mentions }: { pair: PairView; mentions: readonly MentionView[] }) => {
  const meetings = [...Map.groupBy(mentions, ({ meeting }) => meeting).values()]
  return (
    <ol class="thread">
      {meetings.toReversed().map((said, index) => {
        const number = meetings.length - index
        const [first] = said
        return first ? (
          <li key={first.meeting}>
            <p class="day">
              <time dateTime={first.at.slice(0, 10)}>{shortDay(first.at)}</time>
              <span class="faint">
                {said.some(({ status }) => status === 'resolved')
                  ? 'it is gone'
                  : `${order[number - 1] ?? `${number}th`} meeting`}
              </span>
            </p>
            {said.map(mention => (
              <Mention key={mention.id} pair={pair} mention={mention} />
            ))}
          </li>
        ) : null
      })}
    </ol>
  )
}

const Mention = ({ pair, mention }: { pair: PairView; mention: MentionView }) => (
  <>
    {mention.evidence.length === 0 && <blockquote class="quote">{mention.text}</blockquote>}
    {mention.evidence.map(({ line, quote, speaker }) => (
      <blockquote class="quote" key={`${line} ${quote}`}>
        {quote}
        <footer>
          {speakerWords(pair, speaker)},{' '}
          {mention.transcript && (
            <a class="src" href={address.review(pair.id, mention.transcript, line)}>
              <Icon name="quote" />
              line {line}
            </a>
          )}
        </footer>
      </blockquote>
    ))}
    {mention.help.map(promise => (
      <blockquote class="quote" key={promise.id}>
        {promise.evidence[0]?.quote ?? promise.text}
        <footer>
          <a href={address.promises(pair.id)}>Promise</a>,{' '}
          {promise.state === 'open' ? (
            <DueDay due={promise.due} />
          ) : promise.state === 'done' ? (
            'kept'
          ) : (
            'dropped'
          )}
        </footer>
      </blockquote>
    ))}
  </>
)
