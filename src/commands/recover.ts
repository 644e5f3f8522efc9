import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `rapport recover EMAIL`: for the owner of the machine, where no mail is set up. Recorded, and shown to that person. */
export const recover = (program: Command): void => {
  program
    .command('recover')
    .argument('<email>', 'the address of the person who cannot sign in')
    .description('make a recovery link for a person; they are told that it was made')
    .action(async (email: string) => {
      const config = readConfig()
      const { openWorkspace } = await import('./on-servers.ts')
      const { recoveryLinkByMachineOwner } = await import('../store/links.ts')
      await using database = await openWorkspace(config)
      const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
      const link = await recoveryLinkByMachineOwner(database, email, { publicUrl })
      process.stdout.write(`${link.url}\n`)
      process.stderr.write(
        `Valid for one hour, once. ${config.server ? 'Open' : 'Start Rapport, then open'} it.\n`,
      )
    })
}
