import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { okBody } from '../support/http-seed.ts'
import { dayAhead, planMeeting } from '../support/one-on-one.ts'
import { openPage } from '../support/pages.ts'
import type { Visitor } from '../support/program.ts'
import { openRoom, type Room } from '../support/review-room.ts'
import { talks } from '../support/talks.ts'

/**
 * The whole week of two people, each in a browser of their own: the report goes by keyboard, the manager by
 * mouse, and the report loses the network in the middle of the meeting.
 */
let room: Room
let second: Browser
beforeAll(async () => {
  room = await openRoom()
  second = await openBrowser()
})
afterAll(async () => {
  await second.close()
  await room[Symbol.asyncDispose]()
})

const windowOf = async (browser: Browser, who: Visitor, path: string) => {
  const window = await openPage(browser, who)
  await window.page.goto(`${room.program.url}${path}`)
  await window.page.getByRole('heading', { name: 'Agenda' }).waitFor()
  return window
}
const rows = (page: Page) => page.locator('.agenda > .item > .said').allTextContents()
const note = (page: Page) => page.getByRole('textbox', { name: 'Note', exact: true })
const noteText = (page: Page) => note(page).textContent()
const title = (page: Page) => page.getByRole('heading', { level: 1 })
/** Single keys rest while the focus is in a field or the note. */
const pressOutside = async (page: Page, key: string) => {
  await title(page).focus()
  await page.keyboard.press(key)
}

test('agenda, brief, meeting, transcript, promises and the next agenda', { timeout: 480_000 }, async () => {
  const { pair, meeting: first } = room.oneOnOne
  const meeting = await planMeeting(room.ines, pair, `${dayAhead(1)}T10:00`)
  const before = `/api/pairs/${pair}/meetings/${first}`
  const { meeting: past } = await okBody(room.ines, 'GET', before)
  await okBody(room.ines, 'PATCH', before, { version: past.version, state: 'held' })
  const at = `/api/pairs/${pair}/meetings/${meeting}`
  const path = `/with/${pair}/meeting/${meeting}/before`
  await using reports = await windowOf(room.browser, room.tomasz, path)
  await using managers = await windowOf(second, room.ines, path)
  const [keys, mouse] = [reports.page, managers.page]

  // The evening before: both fill the agenda, the report's part stands first for both.
  await keys.keyboard.press('a')
  for (const words of ['The kiln', 'The autumn fair']) {
    await keys.keyboard.type(words)
    await keys.keyboard.press('Enter')
    await expect.poll(() => rows(keys)).toContain(words)
  }
  await mouse.getByLabel('What would you like to talk about?').fill('The late orders')
  await mouse.getByRole('button', { name: 'Add', exact: true }).click()
  for (const page of [keys, mouse])
    await expect.poll(() => rows(page)).toEqual(['The kiln', 'The autumn fair', 'The late orders'])

  // Two minutes before: each reads their own page, and comes back to the meeting.
  await mouse.getByRole('link', { name: 'Read it' }).click()
  await mouse.getByRole('heading', { name: 'Before you meet Tomasz' }).waitFor()
  await mouse.getByRole('link', { name: 'This week' }).first().click()
  await mouse.getByRole('link', { name: 'During', exact: true }).click()
  await keys.getByRole('link', { name: 'Read it' }).focus()
  await keys.keyboard.press('Enter')
  await keys.getByRole('heading', { name: 'Before you meet Ines' }).waitFor()
  await keys.goBack()
  await keys.getByRole('heading', { name: 'Agenda' }).waitFor()
  await pressOutside(keys, '2')

  // The meeting: both type in one note; the report loses the network, writes on, and comes back.
  await note(mouse).click()
  await mouse.keyboard.type('# The kiln\n')
  await expect.poll(() => noteText(keys)).toContain('The kiln')
  await note(keys).focus()
  await keys.keyboard.press('Control+End')
  await keys.context().setOffline(true)
  await Promise.all([
    keys.keyboard.type('[ ] @Tomasz send the drawings by Friday\n'),
    mouse.keyboard.type('The electrician is late again.\n'),
  ])
  await keys.getByText('Not saved yet. It is kept in this browser.').waitFor()
  expect(await noteText(mouse)).not.toContain('drawings')
  await keys.context().setOffline(false)
  for (const words of ['send the drawings', 'late again'])
    for (const page of [keys, mouse])
      await expect.poll(() => noteText(page), { timeout: 40_000 }).toContain(words)
  await keys.getByText(/Saved at/).waitFor()
  await keys.keyboard.press('Alt+a')
  await mouse.getByText('1 of 3 reached').waitFor()
  await mouse.getByRole('checkbox', { name: 'Reached: The late orders' }).click()
  await keys.getByText('2 of 3 reached').waitFor()

  // After it: the manager brings the transcript, the report settles what was found.
  await mouse.getByRole('link', { name: 'After', exact: true }).click()
  const { name, text } = talks.zoom
  const file = { name, mimeType: 'text/vtt', buffer: Buffer.from(text) }
  await mouse.getByLabel('Transcript file').setInputFiles(file)
  await mouse.getByLabel(/both agreed to this transcript/).check()
  await mouse.getByRole('button', { name: 'Add it' }).click()
  await keys.keyboard.press('Escape')
  await pressOutside(keys, '3')
  await keys.getByRole('link', { name: 'Go through them' }).focus()
  await keys.keyboard.press('Enter')
  await keys.locator('#card-title').waitFor()
  const waiting = keys.locator('.wait > li')
  while ((await waiting.count()) > 0) {
    const left = await waiting.count()
    await keys.keyboard.press('c')
    await expect.poll(() => waiting.count()).toBeLessThan(left)
  }
  await keys.getByRole('heading', { name: 'All settled' }).waitFor()

  // What was promised stands in the ledger of both, each side with its own; the manager keeps one.
  await mouse
    .getByRole('link', { name: /^Promises/ })
    .first()
    .click()
  await mouse.getByRole('checkbox', { name: /^Kept: Call the electrician/ }).click()
  await mouse.getByText('Kept and dropped, 1').waitFor()
  await keys.goto(`${room.program.url}/with/${pair}/promises`)
  await keys.getByText('Kept and dropped, 1').focus()
  await keys.keyboard.press('Enter')
  await keys
    .getByText(/Call the electrician/)
    .first()
    .waitFor()

  // The day has passed: the next meeting makes itself, and begins with what was not reached.
  const { version } = (await okBody(room.ines, 'GET', at)).meeting
  await okBody(room.ines, 'PATCH', at, { version, local: `${dayAhead(-1)}T10:00`, state: 'held' })
  await mouse.goto(`${room.program.url}${path.replace(/before$/, 'after')}`)
  await mouse.getByRole('heading', { name: 'Not reached' }).waitFor()
  await mouse.locator('[aria-labelledby="not-reached"] a').click()
  await expect.poll(() => rows(mouse)).toEqual(['The autumn fair'])
  await mouse.getByText(/^Not reached on .*, so it comes first/).waitFor()
  const unexpected = [...managers.complaints, ...reports.complaints]
  expect(unexpected.filter(words => !words.includes('ERR_INTERNET'))).toEqual([])
})
