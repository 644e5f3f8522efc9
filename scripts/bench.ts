import { parseArgs } from 'node:util'
import { extraction } from './bench/extraction.ts'
import { machine, type Part, type Size, tableOf } from './bench/measure.ts'
import { model } from './bench/model.ts'
import { pages } from './bench/pages.ts'
import { search } from './bench/search.ts'
import { server } from './bench/server.ts'
import { start } from './bench/start.ts'
import { uploads } from './bench/uploads.ts'
import { year } from './bench/year.ts'

/**
 * `npm run bench`: every figure beside its alternative from the same run. `--only PART` runs one part,
 * `--size small` the quick sizes, `--seed NUMBER` other words. Fails on a defect, never on a time.
 */
const parts: Readonly<Record<string, Part>> = {
  start,
  extraction,
  model,
  pages,
  uploads,
  search,
  year,
  server,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    size: { type: 'string', default: 'full' },
    seed: { type: 'string', default: '1' },
  },
})
const unknown = values.only?.find(name => !(name in parts))
if (unknown !== undefined || !['small', 'full'].includes(values.size)) {
  process.stderr.write(
    `usage: npm run bench -- [--only ${Object.keys(parts).join('|')}]… [--size small|full] [--seed NUMBER]\n`,
  )
  process.exit(2)
}
process.stdout.write(
  `## ${new Date().toISOString().slice(0, 10)}, ${values.size}, seed ${values.seed}\n\n${machine()}\n\n`,
)
for (const [name, measure] of Object.entries(parts))
  if (values.only === undefined || values.only.includes(name)) {
    const section = await measure(values.size as Size, Number(values.seed))
    process.stdout.write(`${tableOf(section)}\n`)
  }
