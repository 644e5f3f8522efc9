import type { ComponentChildren } from 'preact'
import { monthDay } from '../../format.ts'

/** The same drawing at both widths a page gives it, so that its text stays 12 px; named by its heading. */
export const Chart = ({
  name,
  height,
  draw,
}: {
  /** Id of the heading that names it. */
  name: string
  height: number
  draw: (width: number) => ComponentChildren
}) => (
  <>
    {[
      { width: 660, className: 'wide' },
      { width: 350, className: 'narrow' },
    ].map(({ width, className }) => (
      <svg
        key={className}
        class={`chart ${className}`}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-labelledby={name}
      >
        {draw(width)}
      </svg>
    ))}
  </>
)

/** The numbers of a drawing, on demand. */
export const AsTable = ({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: readonly string[]
  rows: readonly (readonly [string, ...string[]])[]
}) => (
  <details class="as-table">
    <summary>As a table</summary>
    <table class="plain-table">
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Meeting</th>
          {columns.map(column => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([day, ...values]) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            {values.map((value, index) => (
              <td key={columns[index]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </details>
)

export interface Point {
  readonly on: string
  readonly value: number
}

const top = 24
const bottom = 84
const left = 14

/** One's own line: a band where it usually is, the last meeting as a larger dot with its number. */
export const LineChart = ({
  name,
  points,
  half,
  words,
}: {
  name: string
  points: readonly Point[]
  /** A dashed line to compare with, and its name. */
  half?: { readonly at: number; readonly words: string }
  words: (value: number) => string
}) => {
  const values = [...points.map(({ value }) => value), ...(half ? [half.at] : [])]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const y = (value: number) => (high === low ? 54 : bottom - ((bottom - top) * (value - low)) / (high - low))
  const before = points.slice(0, -1).map(({ value }) => y(value))
  const last = points.at(-1)
  const first = points[0]
  if (!last || !first) return null
  return (
    <Chart
      name={name}
      height={128}
      draw={width => {
        const right = width - 54
        const x = (index: number) => left + ((right - left) * index) / Math.max(points.length - 1, 1)
        const band = { from: Math.min(...before), to: Math.max(...before) }
        return (
          <>
            <rect
              x={left}
              y={band.from}
              width={right - left}
              height={Math.max(band.to - band.from, 1)}
              class="band"
            />
            {half && (
              <>
                <path d={`M${left} ${y(half.at)}H${right}`} class="tick" stroke-dasharray="2 4" />
                <text x={right + 12} y={y(half.at) + 4}>
                  {half.words}
                </text>
              </>
            )}
            <polyline
              points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(' ')}
              class="line"
            />
            {points.slice(0, -1).map(({ on, value }, index) => (
              <circle key={on} cx={x(index)} cy={y(value)} r="2.5" class="past" />
            ))}
            <circle cx={right} cy={y(last.value)} r="5" class="now" />
            <text
              x={right}
              y={y(last.value) > 74 ? y(last.value) + 20 : y(last.value) - 12}
              text-anchor="middle"
              class="strong"
            >
              {words(last.value)}
            </text>
            <text x="0" y={y(first.value) > 30 ? y(first.value) - 10 : 14}>
              {words(first.value)}
            </text>
            <text x={left} y="124">
              {monthDay(first.on)}
            </text>
            <text x={right} y="124" text-anchor="middle">
              {monthDay(last.on)}
            </text>
          </>
        )
      }}
    />
  )
}
