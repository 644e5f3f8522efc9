import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { throwAwayFolder } from './throw-away.ts'
import { untilStopped } from './until-stopped.ts'

/** `rapport demo`: the sample pair on a throw-away folder, with a way in for each half of it. */
export const demo = (program: Command): void => {
  program
    .command('demo')
    .description('look around with a sample pair; nothing is kept')
    .action(async () => {
      await using kept = await throwAwayFolder()
      const config = { ...readConfig(), dataFolder: kept.folder }
      const { buildPageIfMissing } = await import('./build-page.ts')
      await buildPageIfMissing()
      // From here on: whoever stops it while it still reads the sample leaves nothing behind either.
      const stopped = untilStopped()
      const { startRapport } = await import('../main.ts')
      await using running = await startRapport(config)
      const { openSampleWorkspace } = await import('./sample-workspace.ts')
      const password = randomBytes(12).toString('base64url')
      const opening = openSampleWorkspace(running, password).then(people => {
        const rows = people.map(({ name, email, side }) => `    ${email.padEnd(24)} ${name}, the ${side}`)
        process.stdout.write(
          `\n  A sample to look around in is open at ${running.url}\n  Sign in as one of the two:\n\n` +
            `${rows.join('\n')}\n    password ${password}\n\n  Ctrl-C stops it. Nothing is kept.\n\n`,
        )
      })
      opening.catch(() => undefined)
      await Promise.race([opening, stopped])
      await stopped
    })
}
