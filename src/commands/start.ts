import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { serveControl } from './control.ts'
import { untilStopped } from './until-stopped.ts'

/** `rapport start`: everything in one process. `rapport serve`: answers people and leaves the jobs to `work`. */
export const start = (program: Command): void => {
  const command = (name: 'start' | 'serve', description: string) =>
    program
      .command(name)
      .description(description)
      .action(async () => {
        const config = readConfig()
        const { buildPageIfMissing } = await import('./build-page.ts')
        await buildPageIfMissing()
        const { startRapport } = await import('../main.ts')
        await using opened = new AsyncDisposableStack()
        const onlyAnswers = name === 'serve'
        const running = opened.use(await startRapport(config, { onlyAnswers }))
        if (running.embedded) opened.use(await serveControl(config.dataFolder, running.embedded))
        const stopped = untilStopped()
        process.stdout.write(`\n  Rapport is open at ${running.url}\n`)
        const link = await running.firstStart()
        if (link)
          process.stdout.write(
            `\n  Nobody owns this workspace yet. Open this link once to begin:\n  ${link.url}\n`,
          )
        process.stdout.write('\n  Ctrl-C stops it. Everything is kept.\n\n')
        await stopped
      })
  command('start', 'open the workspace: answer people, and do the work behind')
  command('serve', 'answer people only; on servers, where others do the work')
}
