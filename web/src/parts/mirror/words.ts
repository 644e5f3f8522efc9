import type { MirrorPage } from '../../../../src/domain/api/mirror.ts'
import { countWords, shortDay } from '../../format.ts'

/** What the mirror says: sentences about one's own habit, never a grade. */

type Measure = MirrorPage['measures']['share']

export const percent = (value: number): number => Math.round(value * 100)

/** "4:10" */
export const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`

type Range = (least: number, most: number) => string
const rangeOf =
  (shown: (value: number) => string): Range =>
  (least, most) =>
    shown(least) === shown(most) ? `always ${shown(least)}` : `between ${shown(least)} and ${shown(most)}`
export const percentRange = rangeOf(value => String(percent(value)))
export const countRange = rangeOf(String)
export const lengthRange = rangeOf(minutes)

/** "The least so far. In your eight meetings before: between 49 and 61." */
export const beside = ({ have, compared }: Measure, range: Range): string => {
  if (compared === null) return ''
  const { last, least, most, off } = compared
  const place =
    last < least
      ? 'The least so far. '
      : last > most
        ? 'The most so far. '
        : off === null
          ? 'About as usual. '
          : off === 'above'
            ? 'More than usual. '
            : 'Less than usual. '
  return `${place}In your ${countWords(have - 1, 'meeting', 'meetings').toLowerCase()} before: ${range(least, most)}.`
}

export const shareTitle = ({ compared }: Measure): string =>
  compared ? `You spoke ${percent(compared.last)} percent of the words` : 'Your share of the words'

export const statusTitle = ({ compared }: Measure): string =>
  compared
    ? `Status took ${percent(compared.last)} percent of the last meeting`
    : 'What the meetings were about'

export const growthTitle = ({ last, since }: MirrorPage['growth']): string =>
  last
    ? `Growth was last talked about on ${shortDay(last.on)}`
    : since
      ? `Growth has not come up since ${shortDay(since)}`
      : 'Growth has not come up yet'

export const questionsTitle = (meetings: MirrorPage['meetings']): string => {
  const last = meetings.findLast(({ questions }) => questions !== null)?.questions
  return last
    ? `${countWords(last.open, 'open question', 'open questions')}, ${countWords(last.closed, 'closed', 'closed').toLowerCase()}`
    : 'Questions'
}

export const longestTitle = ({ compared }: Measure): string =>
  compared ? `Your longest turn took ${minutes(compared.last)} minutes` : 'Longest turn'

/** "Not enough data yet. Four of nine transcripts have exact times. From five on it is shown." */
export const notEnough = (have: number, of: number, what: string): string =>
  `Not enough data yet. ${countWords(have, 'transcript', 'transcripts')} of ${of} ${what}. From five on it is shown.`

export const tooFew = (have: number): string =>
  `${have === 0 ? 'No transcript with both of your names so far.' : `${countWords(have, 'meeting', 'meetings')} so far.`} From five on your own habits stand here, each next to your own past.`

export const transcripts = (have: number): string =>
  `${countWords(have, 'transcript', 'transcripts')} with both names.`
