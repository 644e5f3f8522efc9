import type { MirrorPage } from '../../../../src/domain/api/mirror.ts'
import { monthDay } from '../../format.ts'
import { type Kind, kinds, kindWords } from '../../kinds.ts'
import { AsTable, Chart } from './chart.tsx'

type Meeting = MirrorPage['meetings'][number]
const step = 28

/** What each meeting was about: a row a kind, a dot a meeting, a bigger dot for more of it. */
export const Topics = ({ name, meetings }: { name: string; meetings: readonly Meeting[] }) => {
  const rows: readonly Kind[] = kinds.filter(
    label => ['growth', 'status'].includes(label) || meetings.some(({ talk }) => (talk?.[label] ?? 0) > 0),
  )
  const foot = rows.length * step + 26
  const [first, last] = [meetings[0], meetings.at(-1)]
  if (!first || !last) return null
  return (
    <>
      <Chart
        name={name}
        height={foot}
        draw={width => {
          const begin = width > 400 ? 140 : 118
          const end = width - 26
          const x = (index: number) => begin + ((end - begin) * index) / Math.max(meetings.length - 1, 1)
          const most = width > 400 ? 22 : 16
          return (
            <>
              {rows.map((label, row) => (
                <g key={label}>
                  <text
                    x="0"
                    y={20 + row * step}
                    class={label === 'growth' || label === 'status' ? 'strong' : undefined}
                  >
                    {kindWords[label]}
                  </text>
                  <path d={`M${begin - 16} ${16 + row * step}H${width}`} class="axis" />
                  {meetings.map(({ meeting, talk }, index) => {
                    const share = talk?.[label] ?? 0
                    if (share <= 0) return null
                    return (
                      <circle
                        key={meeting}
                        cx={x(index)}
                        cy={16 + row * step}
                        r={Math.min(12, 2.5 + most * share * 0.7)}
                        class={index === meetings.length - 1 ? 'now' : 'past'}
                      />
                    )
                  })}
                </g>
              ))}
              <text x={begin} y={foot - 4} text-anchor="middle">
                {monthDay(first.on)}
              </text>
              <text x={end} y={foot - 4} text-anchor="middle">
                {monthDay(last.on)}
              </text>
            </>
          )
        }}
      />
      <AsTable
        caption="Share of each kind of talk"
        columns={['Status', 'Growth', 'Everything else']}
        rows={meetings.map(({ on, talk }) => {
          const [status, growth] = [talk?.status ?? 0, talk?.growth ?? 0]
          const told = talk !== null
          return [
            monthDay(on),
            told ? `${Math.round(status * 100)} %` : 'not told apart',
            told ? `${Math.round(growth * 100)} %` : '',
            told ? `${Math.round((1 - status - growth) * 100)} %` : '',
          ]
        })}
      />
    </>
  )
}
