#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { backup } from './commands/backup.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { draftFeedback } from './commands/draft-feedback.ts'
import { due } from './commands/due.ts'
import { exportPerson } from './commands/export.ts'
import { extract } from './commands/extract.ts'
import { lintFeedback } from './commands/lint-feedback.ts'
import { migrate } from './commands/migrate.ts'
import { move } from './commands/move.ts'
import { recover } from './commands/recover.ts'
import { restore } from './commands/restore.ts'
import { series } from './commands/series.ts'
import { start } from './commands/start.ts'
import { work } from './commands/work.ts'
import { failureName, Refusal } from './domain/errors.ts'

/** The commands a person types. Data goes to stdout, everything else to stderr; 0 done, 2 bad input. */
const badInput = 2

const program = new Command('rapport')
  .description('A coach for one-on-one meetings between a manager and a report.')
  .version(packageJson.version, '--version', 'say which version this is')
  .exitOverride()
  .configureOutput({
    writeOut: text => process.stdout.write(text),
    writeErr: text => process.stderr.write(text),
    outputError: (text, write) => write(`${text.trimEnd().replaceAll('\n', ' ')}\n`),
  })

for (const register of [
  start,
  work,
  demo,
  extract,
  series,
  due,
  lintFeedback,
  draftFeedback,
  migrate,
  backup,
  restore,
  move,
  recover,
  exportPerson,
  doctor,
])
  register(program)

// Whoever reads our output may stop early (`| head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : badInput
  else if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = badInput
  } else {
    process.stderr.write(
      `Something went wrong in Rapport itself (${failureName(error)}). Please report this.\n`,
    )
    process.exitCode = 1
  }
}
