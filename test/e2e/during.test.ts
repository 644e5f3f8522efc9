import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { joinMember, joinOwner, okBody, sessionOf, startPair } from '../support/http-seed.ts'
import { dayAhead, planMeeting } from '../support/one-on-one.ts'
import { expectAccessible, expectNoSidewaysScroll, openPage, phone, picture } from '../support/pages.ts'
import { password, startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'

let program: TestProgram
let browser: Browser
let pair: string
let mine: Visitor
let theirs: Visitor
let ids: { manager: string; report: string }
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  program = opened.use(await startTestProgram())
  browser = await openBrowser()
  opened.defer(() => browser.close())
  const manager = await joinMember(program, await joinOwner(program), 'Ines Calder')
  const made = await startPair(program, manager, 'Tomasz Brandt')
  pair = made.pair
  ids = { manager: manager.id, report: made.report.id }
  mine = await sessionOf(program, ids.manager)
  theirs = await sessionOf(program, ids.report)
})
afterAll(() => opened.disposeAsync())

let day = 1
/** The page of a meeting of its own. */
const newMeeting = async () => {
  const meeting = await planMeeting(mine, pair, `${dayAhead(day++)}T10:00`)
  return { meeting, path: `/with/${pair}/meeting/${meeting}/during` }
}
const note = (page: Page) => page.getByRole('textbox', { name: 'Note', exact: true })
/** The text of the note, without the other's name. */
const textOf = (page: Page) =>
  note(page).evaluate(element =>
    [...element.querySelectorAll('.cm-line')]
      .map(line => {
        const bare = line.cloneNode(true) as Element
        for (const caret of bare.querySelectorAll('.caret, .read')) caret.remove()
        return bare.textContent
      })
      .join('\n'),
  )
const open = async (who: Visitor, path: string, size?: { width: number; height: number }) => {
  const window = await openPage(browser, who, size)
  await window.page.goto(`${program.url}${path}`)
  await note(window.page).waitFor()
  return window
}
const unsent = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('rapport-note')).length)
const saved = async (meeting: string) =>
  (await okBody(mine, 'GET', `/api/pairs/${pair}/meetings/${meeting}`)).note?.text ?? ''

describe('both write one note', () => {
  test('at once, one loses the network in the middle and comes back: nothing typed is lost', async () => {
    const { meeting, path } = await newMeeting()
    await using here = await open(mine, path)
    await using there = await open(theirs, path)
    await note(here.page).click()
    await note(there.page).click()
    // By turns, key by key, in both windows at once.
    await Promise.all([
      note(here.page).pressSequentially('manager before. ', { delay: 5 }),
      note(there.page).pressSequentially('report before. ', { delay: 5 }),
    ])
    const agree = async () => expect(await textOf(here.page)).toBe(await textOf(there.page))
    await expect.poll(() => textOf(here.page)).toContain('report before. ')
    await expect.poll(() => textOf(there.page)).toContain('manager before. ')
    await agree()
    await there.page.getByText('Ines is here.').waitFor()
    await here.page.getByText('Tomasz is here.').waitFor()

    await there.page.context().setOffline(true)
    await Promise.all([
      note(here.page).pressSequentially('manager meanwhile. ', { delay: 5 }),
      note(there.page).pressSequentially('report in a tunnel. ', { delay: 5 }),
    ])
    await there.page.getByText('The server cannot be reached.').waitFor()
    await there.page.getByText('Not saved yet. It is kept in this browser.').waitFor()
    expect(await unsent(there.page)).toBe(1)
    expect(await textOf(here.page)).not.toContain('tunnel')
    await there.page.context().setOffline(false)

    await expect.poll(() => textOf(here.page), { timeout: 20_000 }).toContain('report in a tunnel. ')
    await expect.poll(() => textOf(there.page)).toBe(await textOf(here.page))
    const text = await textOf(here.page)
    const letters = (words: string) => words.split('').toSorted().join('')
    // Where both typed at one place their words may stand among each other; not one letter is missing.
    expect(letters(text)).toBe(
      letters('manager before. report before. manager meanwhile. report in a tunnel. '),
    )
    for (const whole of ['manager meanwhile. ', 'report in a tunnel. ']) expect(text).toContain(whole)
    await expect.poll(() => saved(meeting)).toBe(text)
    await expect.poll(() => unsent(there.page)).toBe(0)
    await there.page.getByText(/Saved at \d\d:\d\d/).waitFor()
    expect([here.complaints, there.complaints.filter(words => !words.includes('ERR_INTERNET'))]).toEqual([
      [],
      [],
    ])
  })

  test('what was typed without a network outlives the window, and is sent from any page', async () => {
    const { meeting, path } = await newMeeting()
    await using here = await open(mine, path)
    await note(here.page).click()
    await here.page.keyboard.type('First. ')
    await expect.poll(() => saved(meeting)).toBe('First. ')
    await here.page.context().setOffline(true)
    await here.page.keyboard.type('Typed in a tunnel.')
    await expect.poll(() => unsent(here.page)).toBe(1)
    // The window is gone before the network is back; its words are sent from another page.
    const other = await here.page.context().newPage()
    await here.page.close()
    await other.context().setOffline(false)
    await other.goto(`${program.url}/with/${pair}/promises`)
    await expect.poll(() => saved(meeting)).toBe('First. Typed in a tunnel.')
    await expect.poll(() => unsent(other)).toBe(0)
  })

  test('a session that ends while one types: the words are saved after signing in again, and gone at sign-out', async () => {
    const { meeting, path } = await newMeeting()
    const again = await sessionOf(program, ids.report)
    await using there = await open(again, path)
    const { page } = there
    await note(page).click()
    await page.keyboard.type('Before. ')
    await expect.poll(() => saved(meeting)).toBe('Before. ')
    await again.ask('DELETE', '/api/session')
    await page.keyboard.type('After it ended.')
    await page.getByRole('heading', { name: 'You have been signed out' }).waitFor()
    expect(await unsent(page)).toBe(1)
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => saved(meeting)).toBe('Before. After it ended.')

    await page.route('**/note', route => route.abort())
    await note(page).click()
    await page.keyboard.type(' Never sent.')
    await expect.poll(() => unsent(page)).toBe(1)
    // Another window of theirs signs out: nothing of the words stays in the browser.
    const other = await page.context().newPage()
    await other.goto(`${program.url}/account`)
    await other.getByRole('button', { name: /your menu/ }).click()
    await other.getByRole('button', { name: 'Sign out', exact: true }).click()
    await other.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await other.evaluate(() => Object.keys(localStorage))).toEqual([])
  })
})

describe('the page During', () => {
  const withAgenda = async () => {
    const { meeting, path } = await newMeeting()
    const at = `/api/pairs/${pair}/meetings/${meeting}/agenda`
    await okBody(theirs, 'POST', at, { text: 'Berth times: what do we do now?' })
    await okBody(theirs, 'POST', at, { text: 'I would like to chair the consultation' })
    await okBody(mine, 'POST', at, { text: 'My call to the port' })
    return { meeting, path }
  }

  test('by keyboard: the agenda is ticked while one writes, the own note opens with P, boxes are ticked', async () => {
    const { meeting, path } = await withAgenda()
    await using here = await open(mine, path)
    const { page } = here
    await page.getByText('0 of 3 reached').waitFor()
    await note(page).focus()
    await page.keyboard.type('# Berth times')
    await page.keyboard.press('Enter')
    await page.keyboard.type('[ ] @Ines write the letter to the port office')
    await page.keyboard.press('Alt+a')
    await page.getByText('1 of 3 reached').waitFor()
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => saved(meeting))
      .toBe('# Berth times\n[x] @Ines write the letter to the port office')
    // Tab leaves the note; single keys work outside of it.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { level: 1 }).focus()
    const own = page.getByLabel('Only you: your own note')
    expect(await own.isVisible()).toBe(false)
    await page.keyboard.press('p')
    await own.waitFor()
    await page.keyboard.type('Say sorry first.')
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await saved(meeting)).not.toContain('sorry')
    // The note stands as it was written under After.
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('3')
    await page.getByRole('heading', { name: 'Berth times' }).waitFor()
    expect(here.complaints).toEqual([])
  })

  test('by mouse, in both themes and on a phone', async () => {
    const { path } = await withAgenda()
    await using there = await open(theirs, path)
    await note(there.page).click()
    await there.page.keyboard.type('[ ] @Ines write the letter\nIt comes every night.')
    await using here = await open(mine, path)
    const { page } = here
    await page.getByText('Tomasz is here.').waitFor()
    await expect.poll(() => page.locator('.caret b').textContent()).toBe('Tomasz')
    await page.getByRole('checkbox', { name: 'Not kept yet' }).click()
    await expect.poll(() => textOf(there.page)).toContain('write the letter')
    await there.page.getByRole('checkbox', { name: 'Kept', exact: true }).waitFor()
    await page.getByRole('checkbox', { name: /^Reached: Berth/ }).click()
    await page.getByText('1 of 3 reached').waitFor()
    await page.getByRole('button', { name: /^Open/ }).click()
    await page.getByLabel('Only you: your own note').waitFor()
    await expectAccessible(page, 'during')
    await picture(page, 'during-desktop')
    await page.setViewportSize(phone)
    await expectAccessible(page, 'during, phone')
    await expectNoSidewaysScroll(page, 'during, phone')
    await picture(page, 'during-phone')
    expect([here.complaints, there.complaints]).toEqual([[], []])
  })
})
