import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { recordTries } from '../../src/store/accounts.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { sql } from '../../src/store/sql.ts'

/**
 * A process that writes numbered rows until something ends it, and says each number once its
 * transaction is acknowledged; now and then rows change or go, and the database is tidied. What is
 * refused it says on stderr, and goes on.
 */
const [folder = '', first = '1', migrations] = process.argv.slice(2)
const database = await openEmbedded({ folder, ...(migrations === undefined ? {} : { migrations }) })

const write = async (row: number): Promise<void> => {
  await database.asSystem('sign-in', tx => tx.run(recordTries([`row ${row}`, `passing ${row % 7}`])))
  writeSync(1, `${row}\n`)
  if (row % 25 === 0)
    await database.asSystem('sign-in', tx =>
      tx.run(sql`delete from sign_in_attempt where bucket = ${`passing ${row % 7}`}`),
    )
  if (row % 60 === 0) await database.maintain()
}
for (let row = Number(first); ; row++)
  await write(row).catch(async (error: { code?: string }) => {
    writeSync(2, `${row} ${error.code}\n`)
    await wait(50)
  })
