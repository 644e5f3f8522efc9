import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { temporaryFolder } from '../support/database.ts'
import { okBody } from '../support/http-seed.ts'
import { expectReachable } from '../support/keyboard.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { expectAccessible, expectNoSidewaysScroll, openPage, phone, picture } from '../support/pages.ts'
import { startTestProgram, type Visitor } from '../support/program.ts'
import { manager, talks } from '../support/talks.ts'

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 1, 2])
/** A talk of its own: no two are the same file. */
const talkWith = (name: string, remark: string) =>
  `${talks.zoom.text.replaceAll('Tomasz Brandt', name).replaceAll('Tomasz', name.split(' ')[0]!)}\n99\n00:09:00.000 --> 00:09:05.000\n${name}: ${remark}\n`

const files: Readonly<Record<string, string | Buffer>> = {
  'old/Tomasz/2026-01-06 weekly.vtt': talkWith('Tomasz Brandt', 'That was January.'),
  'old/Tomasz/GMT20260113-090012_Recording.transcript.vtt': talkWith(
    'Tomasz Brandt',
    'That was the week after.',
  ),
  'old/with a date inside.txt': `Weekly 1:1\nTuesday, 20 January 2026\n\n${talks.otter.text}`,
  'old/2026-01-07 Anna.vtt': talkWith('Anna Lindqvist', 'Until next week.'),
  'old/2026-01-14.vtt': talkWith('Anna Lindqvist', 'Until February.'),
  'old/copy of 2026-01-14.vtt': talkWith('Anna Lindqvist', 'Until February.'),
  'old/nobody is named 2026-01-21.txt':
    'Speaker 1: Good morning.\nSpeaker 2: Good morning to you.\nSpeaker 1: A quiet week.\n',
  'old/no day.vtt': talkWith('Tomasz Brandt', 'Who knows when that was.'),
  'old/2026-01-28 Tomasz screenshot.txt': png,
  'old/2026-01-29 Tomasz.txt': '',
  'old/recording.mp4': 'not a transcript',
  'old/.hidden': 'nor this',
}

const daysOf = async (who: Visitor, pair: string) => {
  const { meetings } = await okBody(who, 'GET', `/api/pairs/${pair}`)
  return meetings
    .filter(({ transcripts }: { transcripts: number }) => transcripts > 0)
    .map(({ local }: { local: string }) => local)
    .toSorted()
}

test('a folder of old transcripts finds its 1:1s and its days, and says what was not read', async () => {
  await using kept = await temporaryFolder('empty')
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(kept.folder, path)), { recursive: true })
    await writeFile(join(kept.folder, path), content)
  }
  await using program = await startTestProgram()
  const owner = await program.owner(manager)
  const tomasz = await startOneOnOne(owner, '2026-01-06T11:00')
  const anna = await startOneOnOne(owner, '2026-03-12T14:00', 'Anna Lindqvist')
  const browser = await openBrowser()
  await using _ = { [Symbol.asyncDispose]: () => browser.close() }
  await using window = await openPage(browser, owner)
  const { page, complaints } = window
  await page.goto(`${program.url}/with/${tomasz.pair}/meeting/${tomasz.meeting}/after`)
  await page.getByRole('link', { name: 'Add a whole folder at once.' }).click()
  await page.getByRole('heading', { name: 'Old transcripts' }).waitFor()
  await page.getByLabel('Folder', { exact: true }).setInputFiles(join(kept.folder, 'old'))

  await page.getByRole('heading', { name: 'Ten transcripts to add' }).waitFor()
  await page.getByText('One file is no transcript').waitFor()
  // What is not sure is asked, and only that is open.
  const rows = page.locator('.old-row:visible')
  expect(await rows.locator('.nm').allTextContents()).toEqual([
    'no day.vtt',
    'nobody is named 2026-01-21.txt',
  ])
  await expectAccessible(page, 'folder')
  await expectReachable(page, 'folder')
  await picture(page, 'folder-desktop')
  await page.setViewportSize(phone)
  await expectNoSidewaysScroll(page, 'folder')
  await picture(page, 'folder-phone')
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.getByLabel('1:1 of old/nobody is named 2026-01-21.txt').selectOption('Anna Lindqvist')
  await page.getByLabel('Day of old/no day.vtt').fill('2026-02-03T11:00')

  await page.getByRole('button', { name: 'Add all 10' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel(/agreed to each of these/).check()
  await page.getByRole('button', { name: 'Add all 10' }).click()
  // Looking at something else meanwhile stops nothing.
  await page.getByRole('link', { name: 'Rapport, all your 1:1s' }).click()
  await page.getByRole('heading', { name: 'Your 1:1s' }).waitFor()
  await page.getByRole('link', { name: 'Old transcripts' }).click()
  await page.getByRole('heading', { name: 'All gone through' }).waitFor()
  await picture(page, 'folder-report')
  await expectAccessible(page, 'folder report')

  await page.getByText('9 of 10 are kept safe').waitFor()
  await page.getByText('One was here already').waitFor()
  const reasons = await page.locator('#page .list > li').allTextContents()
  expect(reasons.find(reason => reason.includes('screenshot'))).toContain('This is a picture')
  expect(reasons.find(reason => reason.includes('2026-01-29'))).toContain('This file is empty')
  expect(await daysOf(owner, tomasz.pair)).toEqual([
    // The meeting of that day was there, two hours later than the file's clock.
    '2026-01-06T11:00',
    '2026-01-13T10:00',
    '2026-01-20T10:00',
    '2026-01-28T10:00',
    '2026-02-03T11:00',
  ])
  expect((await daysOf(owner, anna.pair)).map((local: string) => local.slice(0, 10))).toEqual([
    '2026-01-07',
    '2026-01-14',
    '2026-01-21',
  ])
  expect(complaints).toEqual([])
})
