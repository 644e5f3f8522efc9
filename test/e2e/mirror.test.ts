import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { okBody } from '../support/http-seed.ts'
import { openPage } from '../support/pages.ts'
import { openRoom, type Room } from '../support/review-room.ts'
import { expectScreen } from '../support/screen.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room[Symbol.asyncDispose]())

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor()

test('below five meetings the mirror says how many there are', async () => {
  const { program, browser, ines, oneOnOne } = room
  await using mine = await openPage(browser, ines)
  await mine.page.goto(`${program.url}/with/${oneOnOne.pair}/mirror`)
  await heading(mine.page, 'Not enough data yet')
  await expectScreen(mine.page, 'mirror-empty', 'My mirror')
  expect(await mine.page.locator('svg.chart').count()).toBe(0)
  expect(mine.complaints).toEqual([])
})

test(
  'the sample has enough meetings: what one sees alone, and what both see',
  { timeout: 300_000 },
  async () => {
    const { program, browser, ines } = room
    const { id: pair } = await okBody(ines, 'POST', '/api/sample')
    // Eleven talks are read. Not the vectors: nobody waits for them here.
    const mirror = () => okBody(ines, 'GET', `/api/pairs/${pair}/mirror`)
    await expect
      .poll(async () => (await mirror()).meetings.length, { timeout: 240_000, interval: 500 })
      .toBe(11)
    await using mine = await openPage(browser, ines)
    const { page, complaints } = mine

    await page.goto(`${program.url}/with/${pair}/mirror`)
    await heading(page, 'My mirror')
    await heading(page, /^You spoke \d+ percent of the words$/)
    await expectScreen(page, 'mirror', 'My mirror')
    // Drawings have the name of their heading, and their numbers on demand.
    expect(await page.getByRole('img', { name: /percent of the words/ }).count()).toBe(1)
    await page.locator('summary', { hasText: 'As a table' }).first().focus()
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: 'Your share of the words' })
    expect(await table.getByRole('row').count()).toBe(12)
    const tried = await page.locator('.try-it').textContent()
    await page.getByRole('button', { name: 'Put it in my own note' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('It stands in your own note of').waitFor()
    const { next } = await mirror()
    const { ownNote } = await okBody(ines, 'GET', `/api/pairs/${pair}/meetings/${next.id}`)
    expect(ownNote.text).toContain(`To try: ${tried}`)

    await page.goto(`${program.url}/with/${pair}/rhythm`)
    await heading(page, /^Held 11 of 12$/)
    await expectScreen(page, 'rhythm', 'Rhythm')
    await page.goto(`${program.url}/with/${pair}/promises`)
    await heading(page, 'Promises')
    await page
      .getByText(/^Kept \d+ of \d+ on time since /)
      .first()
      .waitFor()
    await expectScreen(page, 'promises-of-months', 'Promises')

    // On paper what one reads before the meeting is one page.
    await page.goto(`${program.url}/with/${pair}/brief`)
    await heading(page, /^Before you meet /)
    await heading(page, 'Three questions')
    const paper = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    expect(complaints).toEqual([])
  },
)
