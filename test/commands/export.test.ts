import { expect, test } from 'vitest'
import { DataExport } from '../../src/domain/api/export.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { eventsAboutMe } from '../../src/store/audit.ts'
import { linesOf, outcomeOf, refusedWith } from '../support/commands.ts'
import { temporaryFolder } from '../support/database.ts'
import { rapport } from '../support/process.ts'
import { fillPair } from '../support/rows.ts'

test('prints what one person may read, and they are told', async () => {
  await using kept = await temporaryFolder()
  const env = { RAPPORT_DATA: kept.folder }
  const { report } = await (async () => {
    await using database = await openEmbedded({ folder: kept.folder })
    return await fillPair(database, 'canary')
  })()
  const [printed] = linesOf(await rapport(['export', `${report}@example.org`], { env }), DataExport)
  expect(printed?.person).toBe(report)
  const text = JSON.stringify(printed)
  expect(text).toContain('private to the report of canary')
  expect(text).toContain('shared by canary')
  expect(text).not.toContain('private to the manager of canary')
  const read = await rapport(['export', '--text', `${report}@example.org`], { env })
  expect([read.code, read.stderr]).toEqual([0, ''])
  expect(read.stdout).toMatch(/^# What Rapport holds of Report of canary\n/)
  expect(outcomeOf(await rapport(['export', 'nobody@example.org'], { env }))).toEqual(
    refusedWith('Nobody here has this e-mail address.'),
  )
  await using database = await openEmbedded({ folder: kept.folder })
  const events = await database.asPerson(report, tx => tx.all(eventsAboutMe()))
  expect(events.filter(({ action }) => action === 'data-exported-on-machine')).toHaveLength(2)
})
