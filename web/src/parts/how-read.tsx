import type { RunList, RunView } from '../../../src/domain/api/coach.ts'
import { useLoaded } from '../load.ts'

const outcomeOf = ({ outcome, counts }: RunView): string => {
  const dropped = counts['dropped'] ?? 0
  const thrown = dropped > 0 ? `, ${dropped} thrown away because the lines do not hold them` : ''
  return outcome === 'done' ? `done${thrown}` : `not done (${outcome})${thrown}`
}

/** What made these findings: each step, with prompt and model where one was asked. Numbers, no words. */
export const HowRead = ({ pair, transcript }: { pair: string; transcript: string }) => {
  const { value } = useLoaded<RunList>(`/pairs/${pair}/transcripts/${transcript}/runs`)
  if (!value || value.runs.length === 0) return null
  return (
    <details class="how-read">
      <summary>How this was read</summary>
      <ul class="small quiet">
        {value.runs.map((run, index) => (
          <li key={index}>
            {run.step}: {run.model ?? run.engine}
            {run.prompt ? `, prompt ${run.prompt} (${run.promptHash?.slice(0, 12) ?? ''})` : ''},{' '}
            {outcomeOf(run)}
            {run.inputTokens === null
              ? ''
              : `, ${run.inputTokens} tokens read, ${run.outputTokens ?? 0} written`}
          </li>
        ))}
      </ul>
    </details>
  )
}
