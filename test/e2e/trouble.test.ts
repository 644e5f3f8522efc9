import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOneOnOne } from '../support/one-on-one.ts'
import { openPage } from '../support/pages.ts'
import { card, look, newTalk, openReview, openRoom, type Room, waiting } from '../support/review-room.ts'
import { talks } from '../support/talks.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room[Symbol.asyncDispose]())

describe('two hands at once', () => {
  test('a double click confirms one finding and not the next', async () => {
    const { review } = await newTalk(room.ines, room.oneOnOne.pair)
    await using window = await openReview(room.browser, room.ines, review)
    const { page } = window
    const before = await waiting(page)
    const confirm = page.getByRole('button', { name: /^Confirm/ })
    await confirm.dblclick()
    await expect.poll(() => waiting(page)).toBe(before - 1)
    // A slow second click meets the next finding, which has come under the pointer meanwhile.
    await confirm.hover()
    await page.mouse.down({ clickCount: 2 })
    await page.mouse.up({ clickCount: 2 })
    await page.reload()
    await card(page).waitFor()
    expect(await waiting(page)).toBe(before - 1)
    expect(window.complaints).toEqual([])
  })

  test('a double click plans one meeting', async () => {
    const { pair } = await startOneOnOne(room.ines, '2026-03-03T09:00', 'Anna Lindqvist')
    const { meeting } = await newTalk(room.ines, pair)
    await using window = await openPage(room.browser, room.ines)
    await window.page.goto(`${room.program.url}${meeting}/after`)
    await window.page.getByRole('button', { name: 'Plan it' }).dblclick()
    await window.page.waitForURL(/\/before$/)
    const { body } = await room.ines.ask('GET', `/api/pairs/${pair}`)
    expect(body.meetings).toHaveLength(3)
  })

  test('words typed into a finding are there when one comes back from another', async () => {
    const { review } = await newTalk(room.ines, room.oneOnOne.pair)
    await using window = await openReview(room.browser, room.ines, review)
    const { page } = window
    await page.getByRole('button', { name: /^Edit/ }).click()
    await page.getByLabel('Words').fill('Half a sen')
    const row = (at: number) => page.locator('.wait > li').nth(at).getByRole('button')
    await row(1).click()
    await expect.poll(() => page.getByLabel('Words').count()).toBe(0)
    await row(0).click()
    expect(await page.getByLabel('Words').inputValue()).toBe('Half a sen')
    await page.getByRole('button', { name: 'Leave it' }).click()
    expect(window.complaints).toEqual([])
  })

  test('what one window does shows in the other', async () => {
    const { review } = await newTalk(room.ines, room.oneOnOne.pair)
    await using mine = await openReview(room.browser, room.ines, review)
    await using theirs = await openReview(room.browser, room.tomasz, review)
    const before = await waiting(theirs.page)
    await mine.page.getByRole('button', { name: /^Dismiss/ }).click()
    await expect.poll(() => waiting(theirs.page)).toBe(before - 1)
    await theirs.page.getByText('Dismissed by Ines').waitFor({ state: 'attached' })
    // And back again, from the window that did it.
    await mine.page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => waiting(theirs.page)).toBe(before)
    expect([...mine.complaints, ...theirs.complaints]).toEqual([])
  })

  test('an edit of the other is shown beside mine and not overwritten', async () => {
    const { review } = await newTalk(room.ines, room.oneOnOne.pair)
    await using mine = await openReview(room.browser, room.ines, review)
    await using theirs = await openReview(room.browser, room.tomasz, review)
    const edit = async (page: Page, words: string) => {
      await page.keyboard.press('e')
      await page.getByLabel('Words').fill(words)
    }
    await edit(mine.page, 'What Ines typed')
    await edit(theirs.page, 'What Tomasz typed')
    const fresh = mine.page.waitForResponse(answer => answer.url().includes('/transcripts/'))
    await theirs.page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => card(theirs.page).textContent()).toBe('What Tomasz typed')
    // Fresh rows have arrived meanwhile; the words in the field stay, and are no licence to overwrite.
    await fresh
    expect(await mine.page.getByLabel('Words').inputValue()).toBe('What Ines typed')
    await mine.page.getByRole('button', { name: 'Save' }).click()
    const alert = mine.page.getByRole('alert')
    await alert.getByText('This was changed meanwhile').waitFor()
    await alert.getByText('What Ines typed').waitFor()
    await look(mine.page, 'conflict')
    expect(await card(mine.page).textContent()).toBe('What Tomasz typed')
    await mine.page.getByRole('button', { name: 'Take mine' }).click()
    await expect.poll(() => card(theirs.page).textContent()).toBe('What Ines typed')
    await expect.poll(() => alert.count()).toBe(0)
  })

  test('two windows of one person do not overwrite each other’s note', async () => {
    const { meeting } = await newTalk(room.ines, room.oneOnOne.pair)
    await using first = await openPage(room.browser, room.ines)
    await using second = await openPage(room.browser, room.ines)
    const noteOf = async ({ page }: { page: Page }) => {
      await page.goto(`${room.program.url}${meeting}/before`)
      return page.getByLabel('Only you: your own note')
    }
    const [one, two] = [await noteOf(first), await noteOf(second)]
    await one.fill('From the first')
    await first.page.getByText('Saved', { exact: true }).waitFor()
    await two.fill('From the second')
    const both = second.page.getByRole('button', { name: 'Keep both' })
    await both.waitFor()
    await look(second.page, 'note-conflict')
    await both.click()
    await second.page.getByText('Saved', { exact: true }).waitFor()
    expect(await two.inputValue()).toBe('From the first\n\nFrom the second')
  })

  test('words typed just before going elsewhere are there when one comes back', async () => {
    const { meeting } = await newTalk(room.ines, room.oneOnOne.pair)
    await using window = await openPage(room.browser, room.ines)
    const { page } = window
    await page.goto(`${room.program.url}${meeting}/before`)
    await page.getByLabel('Only you: your own note').fill('Said in the doorway')
    await page.getByRole('link', { name: 'Promises' }).first().click()
    await page.getByRole('heading', { name: 'Promises', level: 1 }).waitFor()
    await page.goBack()
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await expect
      .poll(() => page.getByLabel('Only you: your own note').inputValue())
      .toBe('Said in the doorway')
  })

  test('several files at once, one of which cannot be read', async () => {
    const { body } = await room.ines.ask('POST', `/api/pairs/${room.oneOnOne.pair}/meetings`, {
      local: '2026-04-20T09:00',
    })
    await using window = await openPage(room.browser, room.ines)
    const { page } = window
    await page.goto(`${room.program.url}/with/${room.oneOnOne.pair}/meeting/${body.id}/after`)
    await page.getByLabel('Transcript file').setInputFiles([
      { name: 'first.vtt', mimeType: 'text/vtt', buffer: Buffer.from(`${talks.zoom.text}\n`) },
      { name: 'second.txt', mimeType: 'text/plain', buffer: Buffer.from(`${talks.otter.text}\n\n`) },
      { name: 'picture.txt', mimeType: 'text/plain', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]) },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
    ])
    await page.getByText('first.vtt, second.txt, picture.txt, empty.txt').waitFor()
    await page.getByLabel(/both agreed to these transcripts/).check()
    await page.getByRole('button', { name: 'Add all four' }).click()
    await page.getByText('Transcript: first.vtt').waitFor()
    await page.getByText('Transcript: second.txt').waitFor()
    await page.getByText('This file is empty').waitFor()
    await look(page, 'several-files')
    const unread = page.locator('.plate', { hasText: 'picture.txt' })
    await unread.getByText('It is kept until you discard it').waitFor()
    await unread.getByRole('button', { name: 'Discard it' }).click()
    await expect.poll(() => unread.count()).toBe(0)
    expect(await page.getByText('This file is empty').count()).toBe(1)
    expect(window.complaints).toEqual([])
  })
})
