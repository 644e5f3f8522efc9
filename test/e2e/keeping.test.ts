import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { addTranscript, fileOf, joinOwner, okBody, openPair } from '../support/http-seed.ts'
import { openPage } from '../support/pages.ts'
import { password, startTestProgram } from '../support/program.ts'
import { expectScreen } from '../support/screen.ts'
import { talks } from '../support/talks.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const press = async (page: Page, role: 'button' | 'link', name: string | RegExp) => {
  await page.getByRole(role, { name }).first().focus()
  await page.keyboard.press('Enter')
}
/** What erasing folds open is a summary. */
const unfold = async (page: Page, text: string) => {
  await page.locator('summary', { hasText: text }).focus()
  await page.keyboard.press('Enter')
}

test('consent, keeping and erasing, by keyboard, seen by both', async () => {
  await using program = await startTestProgram()
  const { pair, meeting, at, mine, theirs, report } = await openPair(program, await joinOwner(program))
  await addTranscript(mine, { pair, meeting }, fileOf(talks.zoom.name, talks.zoom.text))
  await using manager = await openPage(browser, mine)
  await using other = await openPage(browser, theirs)
  const about = `${program.url}/with/${pair}/about`

  await other.page.goto(about)
  await other.page.getByText('Ines said on').waitFor()
  await expectScreen(other.page, 'about-keeping', 'About this 1:1')
  await other.page.getByLabel('A transcript is kept for').selectOption('90 days')
  await other.page.getByText('You chose this.').waitFor()
  await press(other.page, 'button', 'No more transcripts')
  await other.page.getByText('You said no to transcripts').waitFor()

  await manager.page.goto(about)
  await manager.page.getByText('Tomasz said no to transcripts').waitFor()
  await manager.page.getByText('Only Tomasz can take that back.').waitFor()
  await manager.page.getByText('Tomasz chose this.').waitFor()
  await expectScreen(manager.page, 'about-no-transcripts', 'About this 1:1')
  await press(other.page, 'button', 'Yes, they may be read again')
  await manager.page.getByRole('button', { name: 'No more transcripts' }).waitFor()
  // What one takes back is gone for the other as well, without asking again.
  await unfold(other.page, 'Take back')
  await press(other.page, 'button', 'Erase this transcript')
  await manager.page.getByText('There is no transcript yet.').waitFor()

  await manager.page.goto(`${program.url}/with/${pair}/meeting/${meeting}/after`)
  await unfold(manager.page, 'Erase this meeting')
  await manager.page.getByLabel('Type the date to go on').fill('2026-03-11')
  await press(manager.page, 'button', 'Erase it')
  await manager.page.getByRole('alert').getByText('That is not the day of this meeting').waitFor()
  await expectScreen(manager.page, 'erase-meeting', 'Tuesday 10 March, after')
  await manager.page.getByLabel('Type the date to go on').fill('2026-03-10')
  await manager.page.keyboard.press('Enter')
  await manager.page.getByText('The meeting is erased, for both of you.').last().waitFor()
  expect((await theirs.ask('GET', `${at}/meetings/${meeting}`)).status).toBe(404)

  await other.page.goto(`${program.url}/account`)
  const saved = other.page.waitForEvent('download')
  await press(other.page, 'link', 'Save it to read')
  expect(await readFile(await (await saved).path(), 'utf8')).toContain(
    '# What Rapport holds of Tomasz Brandt',
  )
  await unfold(other.page, 'Erase my account')
  await expectScreen(other.page, 'erase-account', 'My account')
  await other.page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await other.page.getByLabel(`Type ${report.name} to go on`).fill(report.name)
  await other.page.keyboard.press('Enter')
  await other.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  expect((await okBody(mine, 'GET', at)).pair.report.name).toBe('former colleague')

  // Nobody is left on the other side: it goes at once.
  await manager.page.goto(about)
  await unfold(manager.page, 'Erase everything')
  await manager.page.getByLabel('Type former colleague to go on').fill('former colleague')
  await manager.page.keyboard.press('Enter')
  await manager.page.getByText('This 1:1 is erased.').last().waitFor()
  expect((await mine.ask('GET', at)).status).toBe(404)
  expect([...manager.complaints, ...other.complaints]).toEqual([])
}, 480_000)
