import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { okBody } from '../support/http-seed.ts'
import { openPage } from '../support/pages.ts'
import { startTestProgram } from '../support/program.ts'
import { expectScreen } from '../support/screen.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor()

test('the sample has enough meetings: what one sees alone, and what both see', async () => {
  await using program = await startTestProgram()
  const owner = await program.owner('Ines Calder', 'ines@example.org')
  const { id: pair } = await okBody(owner, 'POST', '/api/sample')
  // Not the vectors: nobody waits for them here.
  await expect
    .poll(async () => (await okBody(owner, 'GET', `/api/pairs/${pair}/mirror`)).meetings.length, {
      timeout: 180_000,
    })
    .toBe(11)
  await using mine = await openPage(browser, owner)
  const { page, complaints } = mine

  await page.goto(`${program.url}/with/${pair}/mirror`)
  await heading(page, 'My mirror')
  await heading(page, /^You spoke \d+ percent of the words$/)
  await expectScreen(page, 'mirror', 'My mirror')
  // Drawings have the name of their heading, and their numbers on demand.
  expect(await page.getByRole('img', { name: /percent of the words/ }).count()).toBe(1)
  await page.locator('summary', { hasText: 'As a table' }).first().focus()
  await page.keyboard.press('Enter')
  expect(await page.getByRole('table', { name: 'Your share of the words' }).getByRole('row').count()).toBe(12)
  const tried = await page.locator('.try-it').textContent()
  await page.getByRole('button', { name: 'Put it in my own note' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('It stands in your own note of').waitFor()
  const { next } = await okBody(owner, 'GET', `/api/pairs/${pair}/mirror`)
  const { ownNote } = await okBody(owner, 'GET', `/api/pairs/${pair}/meetings/${next.id}`)
  expect(ownNote.text).toContain(`To try: ${tried}`)

  await page.goto(`${program.url}/with/${pair}/rhythm`)
  await heading(page, /^Held 11 of 12$/)
  await expectScreen(page, 'rhythm', 'Rhythm')
  expect(complaints).toEqual([])
})

test('below five meetings the mirror says how many there are', async () => {
  await using program = await startTestProgram()
  const owner = await program.owner('Ines Calder', 'ines@example.org')
  const { id: pair } = await okBody(owner, 'POST', '/api/pairs', {
    me: 'manager',
    other: { name: 'Tomasz Brandt' },
    timezone: 'Europe/Berlin',
  })
  await using mine = await openPage(browser, owner)
  await mine.page.goto(`${program.url}/with/${pair}/mirror`)
  await heading(mine.page, 'Not enough data yet')
  await expectScreen(mine.page, 'mirror-empty', 'My mirror')
  expect(await mine.page.locator('svg.chart').count()).toBe(0)
  expect(mine.complaints).toEqual([])
})
