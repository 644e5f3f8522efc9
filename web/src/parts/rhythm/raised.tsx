import type { RhythmPage } from '../../../../src/domain/api/rhythm.ts'
import { firstName } from '../../format.ts'

const gap = 4

const Bars = ({
  width,
  className,
  rows,
}: {
  width: number
  className: string
  rows: readonly { readonly name: string; readonly raised: number }[]
}) => {
  const [first, second] = rows
  const all = (first?.raised ?? 0) + (second?.raised ?? 0)
  const split = ((width - gap) * (first?.raised ?? 0)) / Math.max(all, 1)
  return (
    <svg
      class={className}
      viewBox={`0 0 ${width} 40`}
      role="img"
      aria-label={rows.map(({ name, raised }) => `${name} ${raised} items`).join(', ')}
    >
      {split > 0 && <rect x="0" y="0" width={split} height="14" rx="2" class="full" />}
      {split < width - gap && (
        <rect x={split + gap} y=".75" width={width - gap - split - 1} height="12.5" rx="2" class="mute" />
      )}
      <text x="0" y="34" class="strong">
        {first?.name} {first?.raised}
      </text>
      <text x={width} y="34" class="strong" text-anchor="end">
        {second?.name} {second?.raised}
      </text>
    </svg>
  )
}

/** Who raises the agenda, the report first. */
export const Raised = ({ page }: { page: RhythmPage }) => {
  const { pair } = page
  const rows = [pair.report, pair.manager].map(({ id, name }) => {
    const found = page.agenda.find(({ person }) => person === id)
    return { name: firstName(name), raised: found?.raised ?? 0, reached: found?.reached ?? 0 }
  })
  const all = rows.reduce((sum, { raised }) => sum + raised, 0)
  const [report, manager] = rows
  if (all === 0) return <p class="quiet">Nothing has stood on the agenda of a meeting that was held yet.</p>
  return (
    <>
      <p class="quiet">
        {report?.name} raised {report?.raised} of {all} items. {report?.reached} of those were reached; of{' '}
        {manager?.name}’s {manager?.raised}, {manager?.reached}.
      </p>
      <Bars width={632} className="chart wide" rows={rows} />
      <Bars width={350} className="chart narrow" rows={rows} />
    </>
  )
}
