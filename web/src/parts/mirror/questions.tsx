import type { MirrorPage } from '../../../../src/domain/api/mirror.ts'
import { monthDay } from '../../format.ts'
import { AsTable, Chart } from './chart.tsx'

type Meeting = MirrorPage['meetings'][number]

/** Questions as small bricks: filled ones open, hollow ones closed. */
export const Questions = ({ name, meetings }: { name: string; meetings: readonly Meeting[] }) => {
  const counted = meetings.flatMap(({ meeting, on, questions }) =>
    questions ? [{ meeting, on, ...questions }] : [],
  )
  const [first, last] = [counted[0], counted.at(-1)]
  if (!first || !last) return null
  const most = Math.max(...counted.map(({ open, closed }) => Math.max(open, closed)), 1)
  const brick = Math.min(10, 120 / most)
  const floor = most * brick + 8
  return (
    <>
      <Chart
        name={name}
        height={floor + 26}
        draw={width => {
          const step = (width - 60) / Math.max(counted.length - 1, 1)
          const full = Math.min(24, step / 3)
          const rows = (count: number) => Array.from({ length: count }, (_, index) => index)
          return (
            <>
              {counted.map(({ meeting, open, closed }, index) => {
                const x = 8 + index * step
                const y = (row: number) => floor - (row + 1) * brick
                return (
                  <g key={meeting}>
                    {rows(open).map(row => (
                      <rect
                        key={`o${row}`}
                        x={x}
                        y={y(row)}
                        width={full}
                        height={brick * 0.7}
                        rx="1.5"
                        class={index === counted.length - 1 ? 'now' : 'past'}
                      />
                    ))}
                    {rows(closed).map(row => (
                      <rect
                        key={`c${row}`}
                        x={x + full + 4}
                        y={y(row) + 0.5}
                        width={full * 0.6}
                        height={brick * 0.55}
                        rx="1.5"
                        class="mute"
                      />
                    ))}
                  </g>
                )
              })}
              <text x="8" y={floor + 20}>
                {monthDay(first.on)}
              </text>
              <text x={width} y={floor + 20} text-anchor="end">
                {monthDay(last.on)}
              </text>
            </>
          )
        }}
      />
      <AsTable
        caption="Your questions"
        columns={['Open', 'Closed']}
        rows={counted.map(({ on, open, closed }) => [monthDay(on), String(open), String(closed)])}
      />
    </>
  )
}
