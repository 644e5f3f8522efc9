import type { GrowthPage } from '../../../src/domain/api/growth.ts'
import { daysWords, shortDay } from '../format.ts'

const height = 58
const weeks = [2, 4, 6, 8]

/** A ruler of days with a mark where growth is forgotten: no dial, no countdown. */
const Ruler = ({
  width,
  days,
  from,
  mark,
  className,
}: {
  width: number
  days: number
  from: string
  mark: number
  className: string
}) => {
  const longest = Math.max(60, days + 4)
  const at = (day: number) => 8 + ((width - 40) * day) / longest
  return (
    <svg
      class={`chart ${className}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${days} days since growth was talked about, on ${from}. It is marked at ${mark / 7} weeks.`}
    >
      <path d={`M8 34H${width - 8}`} class="axis" />
      <path d="M8 27V34" class="tick" />
      {width > 400 && (
        <text x="8" y="52" text-anchor="start">
          {from}
        </text>
      )}
      {weeks.map(week => (
        <g key={week}>
          <path d={`M${at(week * 7)} 27V34`} class="tick" />
          <text x={at(week * 7)} y="52" text-anchor="middle">
            {width > 400 ? `${week} weeks` : week}
          </text>
        </g>
      ))}
      <path d={`M8 34H${at(days)}`} class="run" />
      <circle cx={at(days)} cy="34" r="5" class="dot" />
      <text x={at(days)} y="16" text-anchor={days > 40 ? 'end' : 'start'} class="strong">
        {days === 0 ? 'today' : `today, ${daysWords(days)}`}
      </text>
      <path d={`M${at(mark)} 22V40`} class="at-mark" />
    </svg>
  )
}

const becauseWords = {
  agenda: 'It was on the agenda and was reached.',
  'check-in': 'One of you wrote what was seen of a goal.',
  transcript: 'It was talked about then, going by what was said.',
} as const

export const GrowthClock = ({ clock }: { clock: GrowthPage['clock'] }) => {
  const { last, mark } = clock
  if (last === null) return null
  const from = shortDay(last.on)
  return (
    <>
      <Ruler width={640} days={last.days} from={from} mark={mark} className="wide" />
      <Ruler width={350} days={last.days} from={from} mark={mark} className="narrow" />
      <p class="quiet small">{becauseWords[last.because]} A passing mention does not stop the clock.</p>
    </>
  )
}
