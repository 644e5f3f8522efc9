import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import { exportAsText } from '../domain/export.ts'

/** `rapport export EMAIL`: what one person may read, for the owner of the machine to hand over to them. Recorded, and shown to that person. */
export const exportPerson = (program: Command): void => {
  program
    .command('export')
    .argument('<email>', 'the address of the person whose data it is')
    .description('print all that one person may read; they are told that it was done')
    .option('--text', 'as Markdown to read, instead of JSON')
    .action(async (email: string, { text }: { readonly text?: true }) => {
      const config = readConfig()
      const { openWorkspace } = await import('./on-servers.ts')
      const { exportOf } = await import('../store/export.ts')
      const { recordAudit } = await import('../store/audit.ts')
      const { personByEmail } = await import('../store/people.ts')
      await using database = await openWorkspace(config)
      const found = await database.asSystem('sign-in', async tx => {
        const person = await tx.first(personByEmail(email))
        if (person) await tx.run(recordAudit({ subject: person.id, action: 'data-exported-on-machine' }))
        return person
      })
      if (!found) throw new Refusal('person-unknown', 404, 'Nobody here has this e-mail address.')
      const tables = await database.asPerson(found.id, exportOf)
      const at = new Date().toISOString()
      process.stdout.write(
        text ? exportAsText(tables, found.id, at) : `${JSON.stringify({ at, person: found.id, tables })}\n`,
      )
    })
}
