import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `rapport migrate`: brings the data folder to the newest schema and stops. */
export const migrate = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the data folder to the newest schema')
    .action(async () => {
      const { openEmbedded } = await import('../store/embedded.ts')
      const config = readConfig()
      const database = await openEmbedded({ folder: config.dataFolder })
      await database[Symbol.asyncDispose]()
      process.stderr.write(`The data in ${config.dataFolder} has the newest schema.\n`)
    })
}
