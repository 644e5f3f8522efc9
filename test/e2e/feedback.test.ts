import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage } from '../support/pages.ts'
import { openRoom, type Room } from '../support/review-room.ts'
import { expectScreen } from '../support/screen.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room[Symbol.asyncDispose]())

test(
  'from a thing noticed to feedback that is acknowledged; the draft never reaches the other',
  { timeout: 240_000 },
  async () => {
    const { program, browser, oneOnOne } = room
    const at = `${program.url}/with/${oneOnOne.pair}`
    await using mine = await openPage(browser, room.ines)
    await using theirs = await openPage(browser, room.tomasz)
    const { page } = mine

    // By keyboard alone: note something, write from it.
    await page.goto(`${at}/feedback`)
    await page.getByRole('heading', { level: 1, name: 'Feedback' }).waitFor()
    await page.getByLabel('What did you see?').focus()
    await page.keyboard.type('Tomasz is careless. He went home without filling in the page.')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Write from it/ }).waitFor()
    await expectScreen(page, 'feedback', 'Feedback')
    await page.getByRole('button', { name: /^Write from it/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'To Tomasz' }).waitFor()
    await page.getByText('“Careless” says what Tomasz is.').waitFor()
    await expect.poll(() => page.getByLabel('What you saw').inputValue()).toMatch(/^you went home/i)
    const marked = () =>
      page.evaluate(() => [...(CSS.highlights.get('gate') ?? [])].map(range => (range as Range).toString()))
    await expect.poll(marked).toEqual(['careless'])
    await page.getByRole('textbox', { name: 'Your words' }).focus()
    await page.keyboard.press('F8')
    expect(await page.evaluate(() => String(getSelection()))).toBe('careless')
    await expectScreen(page, 'feedback-draft', 'Feedback, a draft')

    // It rests until what is missing is written, then waits ten seconds, and can be taken back.
    const send = page.getByRole('button', { name: 'Send to Tomasz' })
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel('What it led to').fill('Forty people stood on the wrong quay.')
    await page.getByRole('button', { name: 'I mean the work, not Tomasz' }).waitFor()
    await expect.poll(() => send.getAttribute('aria-disabled')).toBe(null)
    await page.getByLabel('What it led to').focus()
    await page.keyboard.press('Alt+Enter')
    await page.getByText('Sent to Tomasz in ten seconds').last().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { level: 1, name: 'To Tomasz' }).waitFor()
    const other = theirs.page
    await other.goto(`${at}/feedback`)
    await other.getByText('Nothing yet. What Ines sends you stands here.').waitFor()
    expect(await other.content()).not.toContain('wrong quay')
    await expectScreen(other, 'feedback-report', 'Feedback')

    await expect.poll(() => send.getAttribute('aria-disabled')).toBe(null)
    await send.click()
    await other.getByText('Forty people stood on the wrong quay.').waitFor()
    expect(await other.content()).not.toContain('areless')
    await other.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText(/Tomasz read it/).waitFor()
    await expectScreen(page, 'feedback-given', 'Feedback')

    // Growth: the goal in the report's words, and what was seen of it starts the clock.
    await other.goto(`${at}/growth`)
    await other.getByLabel('Add a goal: what').fill('Lead the summer timetable review')
    // A double click is one click.
    await other.getByRole('button', { name: 'Add a goal' }).dblclick()
    await other.getByText('Lead the summer timetable review').waitFor()
    await other.getByLabel('Add stretch work: what').fill('Chair the crew consultation')
    await other.getByRole('button', { name: 'Add stretch work' }).click()
    await other
      .getByLabel('What was seen of it: Chair the crew consultation')
      .fill('Three questions are written.')
    await other.getByRole('button', { name: 'Note it' }).click()
    await other.getByRole('heading', { name: /^Last talked about on/ }).waitFor()
    await expectScreen(other, 'growth', 'Growth')
    expect(await other.locator('.said.goal').count()).toBe(1)
    expect([...mine.complaints, ...theirs.complaints]).toEqual([])
  },
)
