import { run } from './run.ts'

/** `npm run check`: everything that needs no running program. Goes on after a failure, to show all of it. */
const checks: readonly (readonly [title: string, ...command: [string, ...string[]]])[] = [
  ['format', 'oxfmt', '--check'],
  ['lint', 'oxlint', '--type-aware'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['types of the page', 'tsc', '--noEmit', '-p', 'web'],
  ['dead code', 'knip'],
  ['architecture and docs', 'vitest', 'run', 'test/architecture.test.ts', 'test/docs.test.ts'],
]

const failed: string[] = []
for (const [title, command, ...args] of checks) {
  process.stdout.write(`\n${title}\n`)
  if ((await run(command, ...args)) !== 0) failed.push(title)
}
process.stdout.write(failed.length === 0 ? '\nAll checks pass.\n' : `\nFailed: ${failed.join(', ')}.\n`)
process.exitCode = failed.length === 0 ? 0 : 1
