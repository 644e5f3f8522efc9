import type { RhythmMeeting, RhythmPage } from '../../../../src/domain/api/rhythm.ts'
import { ownerWords, shortDay } from '../../format.ts'

export type Fate = 'held' | 'moved' | 'cancelled' | 'missed' | 'ahead' | 'untold'

export const fateOf = ({ state, past, moved }: RhythmMeeting): Fate => {
  if (state === 'cancelled' || state === 'missed') return state
  if (state === 'held') return moved ? 'moved' : 'held'
  return past ? 'untold' : 'ahead'
}

const fateWords: Readonly<Record<Fate, string>> = {
  held: 'held',
  moved: 'moved, then held',
  cancelled: 'cancelled',
  missed: 'missed',
  ahead: 'ahead',
  untold: 'nobody said',
}

const Mark = ({ fate, x, top, height }: { fate: Fate; x: number; top: number; height: number }) => {
  const middle = top + height / 2
  if (fate === 'held') return <rect x={x - 5} y={top} width="10" height={height} rx="2.5" class="full" />
  if (fate === 'moved')
    return <rect x={x - 4.25} y={top + 0.75} width="8.5" height={height - 1.5} rx="2" class="mute" />
  if (fate === 'cancelled') return <path d={`m${x - 6} ${middle - 6} 12 12m0-12-12 12`} class="mute" />
  if (fate === 'missed') return <circle cx={x} cy={middle} r="5.5" class="mute" />
  if (fate === 'untold')
    return <path d={`M${x - 3} ${top + 1}v${height - 2}M${x + 3} ${top + 1}v${height - 2}`} class="mute" />
  return <path d={`M${x} ${top + 1}v${height - 2}`} class="mute" stroke-dasharray="2 4" />
}

/** Every meeting by what became of it, in words: what the drawing says to whoever does not see it. */
const inWords = ({ pair, meetings }: RhythmPage): string =>
  meetings
    .map(meeting => {
      const fate = fateOf(meeting)
      const by = fate === 'moved' ? meeting.moved?.by : fate === 'cancelled' ? meeting.changedBy : null
      return `${shortDay(meeting.local)} ${fateWords[fate]}${by ? `, ${ownerWords(pair, by)}` : ''}`
    })
    .join('. ')

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' })

const Drawing = ({ page, width, className }: { page: RhythmPage; width: number; className: string }) => {
  const shown = page.meetings.slice(-12)
  const step = shown.length > 1 ? (width - 24) / 11 : 0
  return (
    <svg class={className} viewBox={`0 0 ${width} 80`} role="img" aria-label={inWords(page)}>
      {shown.map((meeting, index) => {
        const x = 12 + index * step
        const day = Number(meeting.local.slice(8, 10))
        const isNewMonth = meeting.local.slice(0, 7) !== shown[index - 1]?.local.slice(0, 7)
        return (
          <g key={meeting.id}>
            <Mark fate={fateOf(meeting)} x={x} top={6} height={34} />
            <text x={x} y="60" text-anchor="middle">
              {day}
            </text>
            {isNewMonth && (
              <text x={x} y="76" text-anchor="middle">
                {month.format(new Date(`${meeting.local.slice(0, 10)}T00:00Z`))}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** The same for the margin, without days. */
export const SmallStrip = ({ page }: { page: RhythmPage }) => {
  const shown = page.meetings.slice(-12)
  return (
    <svg class="chart small" viewBox="0 0 240 24" role="img" aria-label={inWords(page)}>
      {shown.map((meeting, index) => (
        <Mark key={meeting.id} fate={fateOf(meeting)} x={10 + index * 20} top={2} height={20} />
      ))}
    </svg>
  )
}

const Key = ({ fate, words }: { fate: Fate; words: string }) => (
  <span>
    <svg class="chart-key" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <Mark fate={fate} x={7} top={0} height={14} />
    </svg>
    {words}
  </span>
)

/** The last twelve meetings, drawn at the width they get, with a key to the signs that occur. */
export const CalendarStrip = ({ page }: { page: RhythmPage }) => {
  const occurring = new Set(page.meetings.slice(-12).map(fateOf))
  const keys: readonly (readonly [Fate, string])[] = [
    ['held', 'Held'],
    ['moved', 'Moved, then held'],
    ['cancelled', 'Cancelled'],
    ['missed', 'Missed'],
    ['untold', 'Nobody said'],
    ['ahead', 'Ahead'],
  ]
  return (
    <>
      <Drawing page={page} width={632} className="chart wide" />
      <Drawing page={page} width={350} className="chart narrow" />
      <p class="small quiet legend">
        {keys
          .filter(([fate]) => occurring.has(fate))
          .map(([fate, words]) => (
            <Key key={fate} fate={fate} words={words} />
          ))}
      </p>
    </>
  )
}
