import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { desktop, openPage, phone } from '../support/pages.ts'
import { password, startTestProgram, type TestProgram } from '../support/program.ts'
import { manager, report, talks } from '../support/talks.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const signUp = async (page: Page, program: TestProgram) => {
  const link = await program.firstStart()
  await page.goto(link!.url)
  await page.getByLabel('Your name').fill(manager)
  await page.getByLabel('E-mail').fill('ines@example.org')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Open the workspace' }).click()
  await page.getByRole('heading', { name: 'Who do you meet with?' }).waitFor()
}

describe('from the first link to confirmed promises', () => {
  for (const [size, viewport] of Object.entries({ desktop, phone }))
    test(`by mouse, ${size}`, async () => {
      await using program = await startTestProgram()
      await using window = await openPage(browser, null, viewport)
      const { page, complaints } = window
      await signUp(page, program)
      await page.getByLabel('Their name').fill(report)
      await page.getByRole('button', { name: 'Start this 1:1' }).click()
      await page.waitForURL(/\/before$/)
      await page.getByRole('heading', { level: 1 }).waitFor()

      await page.goto(page.url().replace(/before$/, 'after'))
      await page.getByRole('heading', { name: 'What was said' }).waitFor()
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Choose a file' }).click()
      const { name, text } = talks.zoom
      await (await chooser).setFiles({ name, mimeType: 'text/vtt', buffer: Buffer.from(text) })
      await page.getByRole('button', { name: 'Add it' }).click()
      // Without the statement that both agreed nothing is sent.
      await page.getByText('Say first that you both agreed').waitFor()
      await page.getByLabel(/both agreed to this transcript/).check()
      await page.getByRole('button', { name: 'Add it' }).click()
      await page.getByRole('link', { name: 'Go through them' }).waitFor()
      await page.getByRole('link', { name: 'Go through them' }).click()
      await page.getByRole('heading', { name: 'What was found' }).waitFor()
      await page.locator('#card-title').waitFor()

      // Choosing one shows its words in place.
      const marked = page.locator('.transcript mark.on').first()
      await marked.waitFor()
      expect(await marked.textContent()).toContain('electrician')
      const waiting = page.locator('.wait > li')
      const before = await waiting.count()
      expect(before).toBeGreaterThanOrEqual(4)

      // Dismissing can be undone.
      await page.getByRole('button', { name: /^Dismiss/ }).click()
      await expect.poll(() => waiting.count()).toBe(before - 1)
      await page.getByRole('button', { name: /Undo/ }).click()
      await expect.poll(() => waiting.count()).toBe(before)

      await confirmAll(page)
      await page.getByRole('heading', { name: 'All settled' }).waitFor()

      await page
        .getByRole('link', { name: /Promises/ })
        .first()
        .click()
      await page.getByText('Call the electrician tomorrow morning').first().waitFor()
      await page.getByText('the list of orders that are late').first().waitFor()
      expect(complaints).toEqual([])
    })

  test('by keyboard only', async () => {
    await using program = await startTestProgram()
    await using window = await openPage(browser, null)
    const { page, complaints } = window
    const link = await program.firstStart()
    await page.goto(link!.url)
    await page.getByLabel('Your name').waitFor()

    /** Tab until the focus is on what is meant, as somebody without a mouse would. */
    const tabTo = async (name: RegExp) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab')
        const label = await page.evaluate(() => {
          const at = document.activeElement
          if (!(at instanceof HTMLElement)) return ''
          const labels =
            at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? [...(at.labels ?? [])] : []
          return [
            at.getAttribute('aria-label'),
            ...labels.map(({ textContent }) => textContent),
            at.textContent,
          ].join(' ')
        })
        if (name.test(label)) return
      }
      throw new Error(`no key reaches ${name}`)
    }
    const type = async (name: RegExp, text: string) => {
      await tabTo(name)
      await page.keyboard.type(text)
    }
    await type(/Your name/, manager)
    await type(/E-mail/, 'ines@example.org')
    await type(/Password/, password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Who do you meet with?' }).waitFor()
    await type(/Their name/, report)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/before$/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await tabTo(/^\s*After\s*$/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What was said' }).waitFor()
    await tabTo(/paste what was said/)
    await page.keyboard.insertText(talks.otter.text)
    await tabTo(/both agreed/)
    await page.keyboard.press('Space')
    await tabTo(/^\s*Add it\s*$/)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Go through them' }).waitFor()
    await tabTo(/Go through them/)
    await page.keyboard.press('Enter')
    await page.locator('#card-title').waitFor()

    const waiting = page.locator('.wait > li')
    const before = await waiting.count()
    const title = page.locator('#card-title')
    const first = await title.textContent()
    await page.keyboard.press('j')
    await expect.poll(() => title.textContent()).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(() => title.textContent()).toBe(first)
    await page.keyboard.press('x')
    await expect.poll(() => waiting.count()).toBe(before - 1)
    await page.keyboard.press('z')
    await expect.poll(() => waiting.count()).toBe(before)
    while ((await waiting.count()) > 0) {
      const left = await waiting.count()
      await page.keyboard.press('c')
      await expect.poll(() => waiting.count()).toBe(left - 1)
    }
    await page.getByRole('heading', { name: 'All settled' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('each of the four tools’ files comes to confirmed items', async () => {
    await using program = await startTestProgram()
    const owner = await program.owner(manager)
    await using window = await openPage(browser, owner)
    const { page } = window
    for (const [tool, { name: fileName, text }] of Object.entries(talks)) {
      // A pair each: the same promise said again in a later meeting is no second one.
      const { pair, meeting } = await startOneOnOne(owner)
      const after = `${program.url}/with/${pair}/meeting/${meeting}/after`
      await page.goto(after)
      await page.getByLabel('Transcript file').setInputFiles({
        name: fileName,
        mimeType: 'text/plain',
        buffer: Buffer.from(text),
      })
      await page.getByLabel(/both agreed to this transcript/).check()
      await page.getByRole('button', { name: 'Add it' }).click()
      await page.getByRole('link', { name: 'Go through them' }).click()
      await page.locator('#card-title').waitFor()
      await confirmAll(page)
      await page.goto(after)
      await page.getByRole('heading', { name: 'Promised' }).waitFor()
      const { body: settled } = await owner.ask('GET', `/api/pairs/${pair}`)
      const promises = settled.promises.map(
        (promise: { text: string; due: string | null; state: string }) => [
          promise.state,
          promise.due,
          promise.text,
        ],
      )
      expect(promises, tool).toEqual([
        ['open', '2026-03-11', 'Call the electrician tomorrow morning and ask for a date.'],
        ['open', '2026-03-13', 'Send Ines Calder the list of orders that are late.'],
      ])
    }
  })
})

/** Confirms whatever waits, one after the other, as the button stands. */
const confirmAll = async (page: Page) => {
  const waiting = page.locator('.wait > li')
  while ((await waiting.count()) > 0) {
    const left = await waiting.count()
    await page.getByRole('button', { name: /^Confirm/ }).click()
    await expect.poll(() => waiting.count()).toBe(left - 1)
  }
}
