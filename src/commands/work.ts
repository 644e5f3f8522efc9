import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { failureName, Refusal } from '../domain/errors.ts'
import { untilStopped } from './until-stopped.ts'

/** `rapport work`: does the jobs of a workspace on servers. Any number may. */
export const work = (program: Command): void => {
  program
    .command('work')
    .description('do the work behind, on servers; as many of these as you like')
    .action(async () => {
      const config = readConfig()
      if (!config.server)
        throw new Refusal(
          'config-invalid',
          500,
          'Without DATABASE_URL and REDIS_URL one process does everything: run "start". Set both to work apart.',
        )
      const { startWorker } = await import('../main.ts')
      // In the form of the server's log: what failed and where, never anybody's words.
      const report = (error: unknown) =>
        void process.stderr.write(
          `${JSON.stringify({ level: 50, time: Date.now(), pid: process.pid, failure: failureName(error), msg: 'background work failed' })}\n`,
        )
      await using worker = await startWorker(config, report)
      void worker
      process.stdout.write('Working. Ctrl-C stops it after what is being done.\n')
      await untilStopped()
    })
}
