import { parseCLI, startVitest } from 'vitest/node'
import { findServices } from './services/find.ts'

/** `npm test`: every test, and as the last line how many there were. Arguments go to vitest. */
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const counts = { passed: 0, failed: 0, skipped: 0 }
const vitest = await startVitest('test', filter, {
  ...options,
  watch: false,
  reporters: [
    'default',
    {
      onTestCaseResult(test) {
        const { state } = test.result()
        if (state !== 'pending') counts[state] += 1
      },
    },
  ],
})
await vitest.close()
const { passed, failed, skipped } = counts
const services = findServices()
if (typeof services === 'string') {
  process.stdout.write(`Nothing was asked of PostgreSQL and Redis: ${services}.\n`)
  if (process.env['RAPPORT_TEST_SERVERS'] === 'required') process.exitCode = 1
}
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
if (passed === 0) process.exitCode = 1
