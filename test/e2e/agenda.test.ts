import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { okBody } from '../support/http-seed.ts'
import { dayAhead, dayTitle, planMeeting } from '../support/one-on-one.ts'
import { openPage } from '../support/pages.ts'
import type { Visitor } from '../support/program.ts'
import { openRoom, type Room } from '../support/review-room.ts'
import { expectScreen } from '../support/screen.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room[Symbol.asyncDispose]())

const title = dayTitle(dayAhead(2))

/** A meeting of its own for both, each in a window. */
const openBoth = async (days: number) => {
  await using opened = new AsyncDisposableStack()
  const { pair } = room.oneOnOne
  const meeting = await planMeeting(room.ines, pair, `${dayAhead(days)}T09:00`)
  const path = `/with/${pair}/meeting/${meeting}/before`
  const windowOf = async (who: Visitor) => {
    const window = opened.use(await openPage(room.browser, who))
    await window.page.goto(`${room.program.url}${path}`)
    await window.page.getByRole('heading', { name: 'Agenda' }).waitFor()
    return window
  }
  const [ines, tomasz] = [await windowOf(room.ines), await windowOf(room.tomasz)]
  const owned = opened.move()
  return {
    ines,
    tomasz,
    agenda: `/api/pairs/${pair}/meetings/${meeting}/agenda`,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

const rowsOf = (page: Page) => page.locator('.agenda > .item > .said')
const rowOf = (page: Page, text: string) => page.locator('.agenda > .item > .said', { hasText: text })
const expectRows = (page: Page, rows: readonly string[]) =>
  expect.poll(() => rowsOf(page).allTextContents()).toEqual(rows)
const field = (page: Page) => page.getByLabel('What would you like to talk about?')
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.querySelector('.said')?.textContent ?? document.activeElement?.id,
  )

describe('the agenda of two', () => {
  test(
    'by mouse: added, dragged, written about, and seen by the other at once',
    { timeout: 240_000 },
    async () => {
      await using both = await openBoth(2)
      const { page } = both.ines
      const other = both.tomasz.page
      await page.getByText('Nothing on the agenda yet').waitFor()
      await expectScreen(page, 'agenda-empty', `${title}, before`)
      for (const text of ['The roof', 'The fair']) {
        await field(page).fill(text)
        await page.getByRole('button', { name: 'Add', exact: true }).click()
        expect(await field(page).inputValue()).toBe('')
      }
      await expectRows(other, ['The roof', 'The fair'])
      await field(other).fill('The kiln')
      await other.getByLabel('Kind').last().selectOption('Roadblock')
      await other.getByRole('button', { name: 'Add', exact: true }).click()
      await expectRows(page, ['The kiln', 'The roof', 'The fair'])
      await page.getByRole('heading', { name: 'Tomasz goes first' }).waitFor()
      await other.getByRole('heading', { name: 'You go first' }).waitFor()

      await rowOf(page, 'The fair').hover()
      const grip = page.locator('.item', { hasText: 'The fair' }).locator('.grip')
      const from = await grip.boundingBox()
      const roof = await rowOf(page, 'The roof').boundingBox()
      if (!from || !roof) throw new Error('no place to drag')
      await page.mouse.move(from.x + 8, from.y + 8)
      await page.mouse.down()
      await page.mouse.move(from.x + 8, roof.y, { steps: 4 })
      await page.mouse.up()
      await expectRows(other, ['The kiln', 'The fair', 'The roof'])

      await field(page).fill('Where the rota stands')
      await page.getByLabel('Kind').last().selectOption('Status')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByRole('button', { name: 'Ask Tomasz to write this instead' }).click()
      await other.getByRole('button', { name: 'Write it' }).click()
      await other.getByLabel(/^In writing/).fill('The rota is out.')
      await other.getByRole('button', { name: 'Send to Ines' }).click()
      const written = page.getByRole('article', { name: 'Where the rota stands' })
      await written.getByText('The rota is out.').waitFor()
      await expectRows(page, ['The kiln', 'The fair', 'The roof'])
      await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached', timeout: 30_000 })
      await expectScreen(page, 'agenda', `${title}, before`)
      await expectScreen(page, 'agenda-menu', `${title}, before`, { by: /^More for: The roof/, as: '.menu' })
      await expectScreen(other, 'agenda-report', `${title}, before`)
      await written.getByRole('button', { name: /^Bring it to the meeting/ }).click()
      await expectRows(other, ['The kiln', 'The fair', 'The roof', 'Where the rota stands'])
      expect([both.ines.complaints, both.tomasz.complaints]).toEqual([[], []])
    },
  )

  test('by keyboard: added, moved, changed, taken off and taken back', { timeout: 120_000 }, async () => {
    await using both = await openBoth(3)
    const { page } = both.tomasz
    await page.keyboard.press('a')
    for (const text of ['The kiln', 'The board', 'The boats']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
      await expect.poll(() => rowsOf(page).allTextContents()).toContain(text)
    }
    await expectRows(both.ines.page, ['The kiln', 'The board', 'The boats'])
    await page.locator('[data-item][tabindex="0"]').focus()
    expect(await focused(page)).toBe('The kiln')
    await page.keyboard.press('Alt+ArrowDown')
    await expectRows(page, ['The board', 'The kiln', 'The boats'])
    await expect.poll(() => focused(page)).toBe('The kiln')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => focused(page)).toBe('The boats')
    await page.keyboard.press('Enter')
    await page.getByLabel('Words').waitFor()
    await page.keyboard.type('The boats, both of them')
    await page.keyboard.press('Enter')
    await expectRows(both.ines.page, ['The board', 'The kiln', 'The boats, both of them'])
    await expect.poll(() => focused(page)).toBe('The boats, both of them')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Delete')
    await expectRows(page, ['The board', 'The boats, both of them'])
    await expect.poll(() => focused(page)).toBe('The boats, both of them')
    await page.keyboard.press('z')
    await expectRows(both.ines.page, ['The board', 'The kiln', 'The boats, both of them'])
    // Another's row can be walked to and not changed.
    await okBody(room.ines, 'POST', both.agenda, { text: 'The roof' })
    await expectRows(page, ['The board', 'The kiln', 'The boats, both of them', 'The roof'])
    expect(both.tomasz.complaints).toEqual([])
  })

  test('what is added while the server is away stays in its place and is stored when it is back', async () => {
    await using both = await openBoth(4)
    const { page } = both.ines
    await page.route('**/api/**', route => route.abort())
    await field(page).fill('The roof, before winter')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('Not saved yet, trying again').waitFor()
    await expectRows(page, ['The roof, before winter'])
    await page.unroute('**/api/**')
    await expectRows(both.tomasz.page, ['The roof, before winter'])
    await page.getByText('Not saved yet').waitFor({ state: 'detached' })
    expect(await rowsOf(page).allTextContents()).toEqual(['The roof, before winter'])
  })

  test('an answer that was overtaken on its way brings no old rows back', async () => {
    await using both = await openBoth(8)
    const { page } = both.ines
    await page.getByText('Nothing on the agenda yet').waitFor()
    // The next reading is answered with what stood then, after everything else.
    let held: Promise<void> | undefined
    let letGo = () => {}
    const wait = new Promise<void>(resolve => (letGo = resolve))
    await page.route(`**${both.agenda}`, async route => {
      if (held || route.request().method() !== 'GET') return route.continue()
      const answer = await route.fetch()
      held = wait.then(() => route.fulfill({ response: answer }))
      return held
    })
    await okBody(room.tomasz, 'POST', both.agenda, { text: 'The kiln' })
    await expect.poll(() => held !== undefined).toBe(true)
    await okBody(room.tomasz, 'POST', both.agenda, { text: 'The board' })
    await expectRows(page, ['The kiln', 'The board'])
    await page.evaluate(() => {
      const rows = () => document.querySelectorAll('.agenda > .item > .said').length
      const seen = Object.assign(globalThis, { fewestRows: rows() })
      new MutationObserver(() => (seen.fewestRows = Math.min(seen.fewestRows, rows()))).observe(
        document.body,
        { childList: true, subtree: true },
      )
    })
    letGo()
    await held
    await okBody(room.tomasz, 'POST', both.agenda, { text: 'The boats' })
    await expectRows(page, ['The kiln', 'The board', 'The boats'])
    expect(await page.evaluate(() => (globalThis as unknown as { fewestRows: number }).fewestRows)).toBe(2)
  })

  test('a template begins it, and one’s own is kept for next time', async () => {
    await using both = await openBoth(5)
    const { page } = both.tomasz
    await page.getByRole('button', { name: 'A first 1:1' }).click()
    await expect.poll(() => rowsOf(page).count()).toBe(5)
    await page.getByRole('button', { name: 'Templates' }).click()
    await page.getByRole('button', { name: 'Keep mine as a template' }).click()
    await page.getByLabel('Its name').fill('With the other boatyard')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Kept for next time').first().waitFor()
    const other = both.ines.page
    await other.reload()
    await other.getByRole('button', { name: 'Templates' }).click()
    await other.getByRole('button', { name: 'With the other boatyard', exact: true }).click()
    await expect.poll(() => rowsOf(page).count()).toBe(10)
  })

  test('is ticked after the meeting by either', async () => {
    await using both = await openBoth(6)
    const { page } = both.tomasz
    await okBody(room.tomasz, 'POST', both.agenda, { text: 'The kiln' })
    await page.goto(page.url().replace(/before$/, 'after'))
    await page.getByRole('checkbox', { name: 'Reached: The kiln' }).click()
    await page.getByText('1 of 1 reached').waitFor()
    await expect
      .poll(async () => (await okBody(room.ines, 'GET', both.agenda)).items[0].state)
      .toBe('reached')
  })
})

test('the rhythm of the two, with a feed for the calendar', { timeout: 240_000 }, async () => {
  await using both = await openBoth(7)
  const { page } = both.ines
  const { pair } = room.oneOnOne
  for (const [index, days] of [7, 14, 21, 28, 35, 42, 49].entries()) {
    const id = await planMeeting(room.ines, pair, `${dayAhead(-days)}T09:00`)
    const { meeting } = await okBody(room.tomasz, 'GET', `/api/pairs/${pair}/meetings/${id}`)
    const { version } = meeting
    const wish =
      index === 2
        ? { state: 'cancelled', why: 'A fair' }
        : index === 5
          ? { state: 'missed' }
          : { state: 'held' }
    await okBody(room.tomasz, 'PATCH', `/api/pairs/${pair}/meetings/${id}`, { version, ...wish })
  }
  await page.getByRole('link', { name: 'Rhythm' }).first().click()
  await page.getByRole('heading', { name: /^Held/ }).waitFor()
  await page.getByText(/Cancelled once, by Tomasz/).waitFor()
  await page.getByRole('button', { name: 'Make an address' }).click()
  const address = await page.getByLabel('Address of your calendar feed').inputValue()
  const file = await room.program.visitor().ask('GET', new URL(address).pathname)
  expect(file.text).toContain('BEGIN:VCALENDAR')
  await expectScreen(page, 'rhythm', 'Rhythm')
  expect(both.ines.complaints).toEqual([])
})
