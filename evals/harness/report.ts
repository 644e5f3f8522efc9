import { calibrationError, bins } from '../scorers/items.ts'
import type { CasePage, Scored } from './eval.ts'
import { sumOf } from './measure.ts'
import { reportScript, reportStyle } from './report-assets.ts'
import type { EvalResult } from './result.ts'

/**
 * One file that needs nothing else: the tables, a reliability plot, and a page for each case with its
 * transcript, quotes, what was expected and what came. Locked cases and outside meetings have no page.
 */
export const reportOf = (results: readonly EvalResult[], at: string): string => {
  const body = [
    `<header><h1>Evals</h1><p>${escape(at)}. Intervals are 95 % bootstrap over cases.</p></header>`,
    '<main id="all">',
    ...results.map(sectionOf),
    '</main>',
    ...results.flatMap(result =>
      result.cases.flatMap(one => (one.page ? [pageOf(result, one, one.page)] : [])),
    ),
  ].join('\n')
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rapport evals</title><style>${reportStyle}</style>
<body>${body}<script>${reportScript}</script></body></html>
`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** A transcript is a stranger's text: none of it may become markup. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)

const percent = (value: number) => (value * 100).toFixed(1)
const cell = (text: string, kind = 'td') => `<${kind}>${text}</${kind}>`
const idOf = (result: EvalResult, id: string) =>
  `${result.engine}-${result.name}-${id}`.replace(/[^\w-]/g, '-')

const sectionOf = (result: EvalResult): string => {
  const title = `<h2>${escape(result.name)} <small>${escape(result.engine)}</small></h2><p>${escape(result.about)}</p>`
  if (result.skipped !== null) return `${title}<p>Left out. ${escape(result.skipped)}</p>`
  const rows = result.measures.map(({ name, better, interval, other, compared, beside }) => {
    const against = Object.entries(beside).map(([who, value]) => `${escape(who)} ${percent(value)}`)
    return `<tr class="${compared?.verdict ?? ''}">${[
      cell(escape(name) + (better === 'lower' ? ' <small>low is good</small>' : ''), 'th'),
      cell(interval ? percent(interval.value) : '–'),
      cell(interval ? `${percent(interval.low)} to ${percent(interval.high)}` : ''),
      cell(other ? percent(other.value) : ''),
      cell(compared ? `${compared.verdict}, ${percent(compared.gain.value)}` : ''),
      cell(against.join('<br>')),
    ].join('')}</tr>`
  })
  const pages = result.cases.filter(({ page }) => page !== null)
  const failures = result.failed.map(({ id, failure }) => `<li>${escape(id)}: ${escape(failure)}</li>`)
  const { requests, cached, tokensIn, tokensOut } = result.usage
  return `${title}
<p>${result.cases.length} cases, ${Math.round(result.msPerCase.p50)} ms in the middle, ${Math.round(result.msPerCase.p95)} ms at the 95th percentile; ${requests} requests (${cached} from the cache), ${tokensIn} + ${tokensOut} tokens${result.cost === null ? '' : `, cost ${result.cost.toFixed(4)}`}.</p>
${failures.length > 0 ? `<h3>Not answered</h3><ul>${failures.join('')}</ul>` : ''}
<table><tr>${['measure', '%', '95 %', 'the other engine', 'against the baseline', 'others'].map(text => cell(text, 'th')).join('')}</tr>${rows.join('')}</table>
${reliabilityOf(result)}
${pages.length > 0 ? `<p>Cases: ${pages.map(({ id }) => `<a href="#${idOf(result, id)}">${escape(id)}</a>`).join(' · ')}</p>` : ''}`
}

/** Confidence across, share that a careful reader marked upward; the area of a dot is how many there were. */
const reliabilityOf = ({ cases }: EvalResult): string => {
  const sum = sumOf(cases.map(({ counts }) => counts))
  const error = calibrationError(sum)
  if (error === null) return ''
  const dots = bins.flatMap(bin => {
    const [all, sure, right] = ['all', 'sure', 'right'].map(part => sum[`bin${bin}.${part}`] ?? 0) as [
      number,
      number,
      number,
    ]
    if (all === 0) return []
    const [x, y] = [20 + (sure / all) * 200, 220 - (right / all) * 200]
    const told = `${all} items said at ${percent(sure / all)}, ${percent(right / all)} right`
    return [
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(2 + Math.sqrt(all)).toFixed(1)}"><title>${told}</title></circle>`,
    ]
  })
  return `<figure><svg viewBox="0 0 240 240" role="img" aria-label="Reliability of confidence"><path d="M20 20V220H220M20 220L220 20"/>${dots.join('')}<text x="120" y="236">confidence</text><text x="-120" y="14" transform="rotate(-90)">right</text></svg><figcaption>Calibration error ${percent(error)}. On the line, confidence says how often it is right.</figcaption></figure>`
}

const pageOf = (result: EvalResult, { id, ms }: Scored, page: CasePage): string => {
  const quotes = page.rows.flatMap(({ evidence, verdict }) => evidence.map(quote => ({ ...quote, verdict })))
  const lines = page.lines.map(({ no, speaker, text }) => {
    const own = quotes.filter(({ line, verdict }) => line === no && verdict !== 'note')
    return `<p id="${idOf(result, id)}-${no}"><b>${no}</b> <i>${escape(speaker ?? '')}</i> ${marked(text, own)}</p>`
  })
  const rows = page.rows.map(
    ({ kind, verdict, expected, got, evidence }) =>
      `<tr class="${verdict}">${[
        cell(escape(kind)),
        cell(verdict === 'note' ? '' : verdict),
        cell(escape(expected ?? '')),
        cell(escape(got ?? '')),
        cell(evidence.map(({ line }) => `<a href="#${idOf(result, id)}-${line}">${line}</a>`).join(' ')),
      ].join('')}</tr>`,
  )
  return `<article id="${idOf(result, id)}"><p><a href="#all">All</a></p><h2>${escape(id)} <small>${escape(result.engine)}, ${Math.round(ms)} ms</small></h2>
<table><tr>${['kind', '', 'expected', 'got', 'lines'].map(text => cell(text, 'th')).join('')}</tr>${rows.join('')}</table>
<div class="talk">${lines.join('')}</div></article>`
}

/** The quoted stretches of a line, none over another. */
const marked = (text: string, quotes: readonly { quote: string; verdict: string }[]): string => {
  const places = quotes
    .map(({ quote, verdict }) => ({ from: text.indexOf(quote), length: quote.length, verdict }))
    .filter(({ from }) => from >= 0)
    .toSorted((one, other) => one.from - other.from)
  let [at, out] = [0, '']
  for (const { from, length, verdict } of places) {
    if (from < at) continue
    out += `${escape(text.slice(at, from))}<mark class="${verdict}">${escape(text.slice(from, from + length))}</mark>`
    at = from + length
  }
  return out + escape(text.slice(at))
}
