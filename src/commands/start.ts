import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { serveControl } from './control.ts'
import { untilStopped } from './until-stopped.ts'

/** `rapport start`: opens the workspace and says where it is. */
export const start = (program: Command): void => {
  for (const name of ['start', 'serve'])
    program
      .command(name)
      .description(name === 'start' ? 'open the workspace on this machine' : 'the same, for servers')
      .action(async () => {
        const config = readConfig()
        const { buildPageIfMissing } = await import('./build-page.ts')
        await buildPageIfMissing()
        const { startRapport } = await import('../main.ts')
        await using opened = new AsyncDisposableStack()
        const running = opened.use(await startRapport(config))
        opened.use(await serveControl(config.dataFolder, running.database))
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
}
