import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { joinMember, okBody, sessionOf, startPair } from '../support/http-seed.ts'
import {
  desktop,
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  phone,
  picture,
} from '../support/pages.ts'
import { expectReachable } from '../support/keyboard.ts'
import { startTestProgram } from '../support/program.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const look = async (page: Page, where: string) => {
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport)
    await expectAccessible(page, `${where}, ${size}`)
    await picture(page, `${where}-${size}`)
    await expectNoSidewaysScroll(page, `${where}, ${size}`)
    await expectReachable(page, `${where}, ${size}`)
  }
  await page.setViewportSize(desktop)
}

test('from a thing noticed to feedback that is acknowledged; the draft never reaches the other', async () => {
  await using program = await startTestProgram()
  const owner = await program.owner('Ines Calder', 'ines@example.org')
  const me = (await okBody(owner, 'GET', '/api/me')).person
  const manager = await joinMember(program, me, 'Maren Lund')
  const { pair, report } = await startPair(program, manager, 'Tunde Bakare')
  await using mine = await openPage(browser, await sessionOf(program, manager.id))
  await using theirs = await openPage(browser, await sessionOf(program, report.id))
  const { page } = mine

  // By keyboard alone: note something, write from it.
  await page.goto(`${program.url}/with/${pair}/feedback`)
  await page.getByRole('heading', { level: 1, name: 'Feedback' }).waitFor()
  await page.getByLabel('What did you see?').focus()
  await page.keyboard.type('Tunde is careless. He went home without filling in the page.')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Write from it/ }).waitFor()
  await look(page, 'feedback')
  await page.getByRole('button', { name: /^Write from it/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'To Tunde' }).waitFor()
  await page.getByText('“Careless” says what Tunde is.').waitFor()
  await expect.poll(() => page.getByLabel('What you saw').inputValue()).toMatch(/^you went home/i)
  const marked = () =>
    page.evaluate(() => [...(CSS.highlights.get('gate') ?? [])].map(range => (range as Range).toString()))
  await expect.poll(marked).toEqual(['careless'])
  await page.getByRole('textbox', { name: 'Your words' }).focus()
  await page.keyboard.press('F8')
  expect(await page.evaluate(() => String(getSelection()))).toBe('careless')
  await look(page, 'feedback-draft')

  // It rests until what is missing is written, then waits ten seconds, and can be taken back.
  const send = page.getByRole('button', { name: 'Send to Tunde' })
  expect(await send.getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel('What it led to').fill('Forty people stood on the wrong quay.')
  await page.getByRole('button', { name: 'I mean the work, not Tunde' }).waitFor()
  await expect.poll(() => send.getAttribute('aria-disabled')).toBe(null)
  await page.getByLabel('What it led to').focus()
  await page.keyboard.press('Alt+Enter')
  await page.getByText('Sent to Tunde in ten seconds').last().waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { level: 1, name: 'To Tunde' }).waitFor()
  const other = theirs.page
  await other.goto(`${program.url}/with/${pair}/feedback`)
  await other.getByText('Nothing yet. What Maren sends you stands here.').waitFor()
  expect(await other.content()).not.toContain('wrong quay')
  await look(other, 'feedback-report')

  await expect.poll(() => send.getAttribute('aria-disabled')).toBe(null)
  await send.click()
  await other.getByText('Forty people stood on the wrong quay.').waitFor({ timeout: 30_000 })
  expect(await other.content()).not.toContain('areless')
  await other.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText(/Tunde read it/).waitFor()
  await look(page, 'feedback-given')

  // Growth: the goal in the report's words, and on the agenda by one press.
  await other.goto(`${program.url}/with/${pair}/growth`)
  await other.getByLabel('Add a goal: what').fill('Lead the summer timetable review')
  await other.getByRole('button', { name: 'Add a goal' }).click()
  await other.getByText('Lead the summer timetable review').waitFor()
  await other.getByLabel('Add stretch work: what').fill('Chair the crew consultation')
  await other.getByRole('button', { name: 'Add stretch work' }).click()
  await other
    .getByLabel('What was seen of it: Chair the crew consultation')
    .fill('Three questions are written.')
  await other.getByRole('button', { name: 'Note it' }).click()
  await other.getByRole('heading', { name: /^Last talked about on/ }).waitFor()
  await look(other, 'growth')
  expect([...mine.complaints, ...theirs.complaints]).toEqual([])
}, 240_000)
