import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { joinMember, joinOwner, okBody, openPair, sessionOf } from '../support/http-seed.ts'
import { openPage } from '../support/pages.ts'
import { startTestProgram } from '../support/program.ts'
import { expectScreen } from '../support/screen.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const unfold = async (page: Page, text: string) => {
  await page.locator('summary', { hasText: text }).focus()
  await page.keyboard.press('Enter')
}

test('a way in is made, what waits is put in its place, and what one chooses goes along to a new manager', async () => {
  await using program = await startTestProgram()
  const owner = await joinOwner(program)
  const { pair, theirs, report, meeting, at } = await openPair(program, owner)
  await using window = await openPage(browser, theirs)
  const { page, complaints } = window
  const account = async () => {
    await page.goto(`${program.url}/account`)
    await page.getByRole('heading', { name: 'Transcripts that come by themselves' }).waitFor()
  }
  await account()
  await unfold(page, 'Make a way in')
  await page.getByLabel('What sends them').fill('The recorder')
  await page.getByRole('button', { name: 'Make it' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Whoever is recorded has to agree first.').waitFor()
  await page.getByLabel('Everybody in the meetings it sends').focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Make it' }).focus()
  await page.keyboard.press('Enter')
  const token = await page.getByRole('textbox', { name: 'Its key' }).inputValue()
  await page.getByText('not used yet').waitFor()

  const text = 'Ines Calder: Good morning.\nTomasz Brandt: I will call the smith by Friday.'
  const sent = await program
    .visitor()
    .ask('POST', '/api/intake', { name: 'late.txt', text }, { authorization: `Bearer ${token}` })
  expect(sent.body).toEqual({ state: 'waiting' })
  await account()
  await page.getByText('late.txt').waitFor()
  await expectScreen(page, 'account-intake', 'My account')
  await page.getByLabel('When it was').fill('2026-03-10T09:00')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Tuesday 10 March' }).waitFor()
  expect((await okBody(theirs, 'GET', `${at}/meetings/${meeting}`)).transcripts).toHaveLength(1)
  await account()
  await page.getByRole('button', { name: 'End it: The recorder' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('The recorder can send nothing any more.').last().waitFor()

  const next = await joinMember(program, owner, 'Rosa Maier')
  const admin = await sessionOf(program, owner.id)
  const made = await okBody(admin, 'POST', '/api/pairs/of-others', {
    manager: next.id,
    report: report.id,
    timezone: 'Europe/Berlin',
  })
  for (const goal of ['Lead the spring fair', 'Learn to weld'])
    await okBody(theirs, 'POST', `${at}/goals`, { kind: 'goal', text: goal })
  await page.goto(`${program.url}/with/${pair}/growth`)
  await page.getByRole('heading', { name: 'When your manager changes' }).waitFor()
  await unfold(page, 'Take it along')
  await expectScreen(page, 'growth-handover', 'Growth')
  await page.getByLabel('Learn to weld').focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Give it to Rosa' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('It stands in your 1:1 with Rosa now.').last().waitFor()
  const { goals } = await okBody(theirs, 'GET', `/api/pairs/${made.id}/growth`)
  expect(goals.map((goal: { text: string }) => goal.text)).toEqual(['Lead the spring fair'])
  expect(complaints).toEqual([])
}, 480_000)
