import type { Verdict } from './gate.ts'
import type { EvalResult, MeasureResult } from './result.ts'

/** The table of a run, for a terminal: one block for each eval, one line for each measure. */

const percent = (value: number) => (value * 100).toFixed(1).padStart(6)
const signs: Readonly<Record<Verdict, string>> = {
  better: 'better',
  holds: '',
  inconclusive: 'inconclusive',
  worse: 'WORSE',
}

const lineOf = ({ name, better, interval, other, compared, beside }: MeasureResult): string => {
  if (!interval) return `  ${name.padEnd(36)}      -`
  const range = `[${percent(interval.low).trim()}, ${percent(interval.high).trim()}]`
  const against = Object.entries(beside).map(([who, value]) => `${who} ${percent(value).trim()}`)
  const said = [
    other ? `${percent(other.value).trim()} with the other` : '',
    compared ? signs[compared.verdict] : '',
    compared && compared.verdict !== 'holds' ? `by ${percent(compared.gain.value).trim()}` : '',
    against.length > 0 ? `(${against.join(', ')})` : '',
  ].filter(part => part !== '')
  const arrow = better === 'lower' ? 'low is good' : ''
  return `  ${name.padEnd(36)}${percent(interval.value)}  ${range.padEnd(16)} ${[...said, arrow].filter(Boolean).join('  ')}`.trimEnd()
}

export const tableOf = (results: readonly EvalResult[]): string =>
  results
    .map(({ name, about, skipped, measures, cases, failed, msPerCase, usage, cost }) => {
      if (skipped !== null) return `${name}: left out. ${skipped}`
      const asked =
        usage.requests === 0
          ? ''
          : `, ${usage.requests} requests (${usage.cached} from the cache), ${usage.tokensIn} + ${usage.tokensOut} tokens`
      const paid = cost === null ? '' : `, ${cost.toFixed(4)} of your currency`
      return [
        `${name}: ${about}`,
        `  ${cases.length} cases, ${Math.round(msPerCase.p50)} ms in the middle, ${Math.round(msPerCase.p95)} ms at most but for one in twenty${asked}${paid}`,
        ...measures.map(lineOf),
        ...failed.map(({ id, failure }) => `  NOT ANSWERED ${id}: ${failure}`),
      ].join('\n')
    })
    .join('\n\n')
