import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readCallerFolder } from '../src/config.ts'
import { extraction } from './bench/extraction.ts'
import { machine, type Part, type Size, tableOf } from './bench/measure.ts'
import { model } from './bench/model.ts'
import { pages } from './bench/pages.ts'
import { search } from './bench/search.ts'
import { server } from './bench/server.ts'
import { serverSearch } from './bench/server-search.ts'
import { sockets } from './bench/sockets.ts'
import { start } from './bench/start.ts'
import { uploads } from './bench/uploads.ts'
import { year } from './bench/year.ts'

/**
 * `npm run bench`: every figure beside its alternative from the same run. `--only PART` runs one part,
 * `--size small` the quick sizes, `--seed NUMBER` other words. `--keep FOLDER` keeps PostgreSQL's data of the parts on
 * servers, which is filled once then. Fails on a defect, never on a time.
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
  'server-search': serverSearch,
  sockets,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    size: { type: 'string', default: 'full' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
  },
})
const unknown = values.only?.find(name => !(name in parts))
if (unknown !== undefined || !['small', 'full'].includes(values.size)) {
  process.stderr.write(
    `usage: npm run bench -- [--only ${Object.keys(parts).join('|')}]… [--size small|full] [--seed NUMBER] [--keep FOLDER]\n`,
  )
  process.exit(2)
}
process.stdout.write(
  `## ${new Date().toISOString().slice(0, 10)}, ${values.size}, seed ${values.seed}\n\n${machine()}\n\n`,
)
const keep = values.keep === undefined ? null : resolve(readCallerFolder(), values.keep)
for (const [name, measure] of Object.entries(parts))
  if (values.only === undefined || values.only.includes(name)) {
    const section = await measure(values.size as Size, Number(values.seed), keep)
    process.stdout.write(`${tableOf(section)}\n`)
  }
