import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readCallerFolder } from '../src/config.ts'
import { evals } from './all.ts'
import { openEngine } from './harness/engine.ts'
import { Baseline } from './harness/gate.ts'
import { reportOf } from './harness/report.ts'
import { countsById, type EvalResult, type Prices, runEval } from './harness/result.ts'
import { tableOf } from './harness/terminal.ts'

/**
 * `npm run evals -- [NAME…] [--engine NAME] [--compare A B] [--report FILE] [--accept] [--prices IN,OUT]`
 * Measures the coach. Exit 1 when a measure is worse than evals/baseline.json says, or a case was not answered.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'offline' },
    compare: { type: 'boolean', default: false },
    report: { type: 'string', default: '.cache/evals/report.html' },
    accept: { type: 'boolean', default: false },
    prices: { type: 'string' },
  },
})

const baselineFile = join(import.meta.dirname, 'baseline.json')
const readBaseline = async (): Promise<Baseline> => {
  const text = await readFile(baselineFile, 'utf8').catch(() => '{}')
  return Baseline.parse(JSON.parse(text))
}

const pricesOf = (text: string | undefined): Prices | null => {
  if (text === undefined) return null
  const [each = NaN, out = NaN] = text.split(',').map(Number)
  if (Number.isNaN(each) || Number.isNaN(out))
    throw new Error('--prices looks like 0.15,0.60: per million tokens.')
  return { in: each, out }
}

const engines = values.compare ? positionals.slice(0, 2) : [values.engine]
if (values.compare && engines.length < 2)
  throw new Error('--compare wants two engines: --compare offline llm')
const names = positionals.slice(values.compare ? 2 : 0)
const unknown = names.filter(name => evals.every(one => one.name !== name))
if (unknown.length > 0)
  throw new Error(`No eval ${unknown.join(', ')}; there are ${evals.map(({ name }) => name).join(', ')}.`)
const chosen = names.length === 0 ? evals : evals.filter(({ name }) => names.includes(name))

const prices = pricesOf(values.prices)
const baseline = await readBaseline()
const results: EvalResult[] = []
for (const name of engines) {
  await using engine = await openEngine(name)
  for (const one of chosen) {
    const other = results.find(result => result.name === one.name && result.engine !== engine.name)
    // The baseline is the offline coach's: another engine is held against it by --compare offline.
    const own = name === 'offline' && !values.compare ? baseline : null
    const result = await runEval(one, engine, { baseline: own, prices, ...(other ? { other } : {}) })
    results.push(result)
    process.stdout.write(`${tableOf([result])}\n\n`)
  }
}

// From where the person called: npm changes the folder.
const reportFile = resolve(readCallerFolder(), values.report)
await mkdir(dirname(reportFile), { recursive: true })
await writeFile(reportFile, reportOf(results, new Date().toISOString()))
process.stdout.write(`Report: ${reportFile}\n`)

if (values.accept) {
  if (engines.join() !== 'offline')
    throw new Error('The baseline is the offline engine’s: --accept goes with it alone.')
  const ran = results.filter(({ skipped }) => skipped === null)
  const kept = Object.fromEntries(ran.map(({ name, cases }) => [name, countsById(cases)]))
  await writeFile(baselineFile, `${JSON.stringify({ ...baseline, ...kept })}\n`)
  process.stdout.write('evals/baseline.json holds these figures now.\n')
}

const failed = results.flatMap(({ name, failed: cases }) => cases.map(({ id }) => `${name} ${id}`))
const worse = values.compare
  ? []
  : results.flatMap(({ name, measures }) =>
      measures
        .filter(({ compared }) => compared?.verdict === 'worse')
        .map(measure => `${name}: ${measure.name}`),
    )
if (failed.length > 0) process.stdout.write(`Not answered: ${failed.join(', ')}.\n`)
if (worse.length > 0) process.stdout.write(`Worse than the baseline: ${worse.join('; ')}.\n`)
if ((failed.length > 0 || worse.length > 0) && !values.accept) process.exitCode = 1
