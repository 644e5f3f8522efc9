import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { temporaryFolder } from '../support/database.ts'
import { addTranscript, type OneOnOne, startOneOnOne } from '../support/one-on-one.ts'
import { expectAccessible, openPage, picture } from '../support/pages.ts'
import { password, startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { manager, report, talks } from '../support/talks.ts'

let program: TestProgram
let browser: Browser
let ines: Visitor
let tomasz: Visitor
let oneOnOne: OneOnOne
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  program = opened.use(await startTestProgram())
  browser = await openBrowser()
  opened.defer(() => browser.close())
  ines = await program.owner(manager, 'ines@example.org')
  oneOnOne = await startOneOnOne(ines)
  const link = await ines.ask('POST', `/api/people/${oneOnOne.other}/invitation`)
  tomasz = await program.useLink(link.body.url, { name: report, email: 'tomasz@example.org' })
})
afterAll(() => opened.disposeAsync())

/** A day later each time: a talk of its own, with four findings to settle. */
let days = 10
const newTalk = async (who = ines, pair = oneOnOne.pair) => {
  const { body } = await who.ask('POST', `/api/pairs/${pair}/meetings`, { local: `2026-03-${++days}T09:00` })
  const text = `${talks.otter.text}\n${report}  2:00\nThat is ${days}.\n`
  const transcript = await addTranscript(who, { pair, meeting: body.id }, { name: `${days}.txt`, text })
  return { meeting: `/with/${pair}/meeting/${body.id}`, review: `/with/${pair}/transcript/${transcript}` }
}

const openReview = async (who: Visitor, review: string) => {
  const window = await openPage(browser, who)
  await window.page.goto(`${who.url}${review}`)
  await window.page.locator('#card-title').waitFor()
  return window
}
/** Ines once more, in a session of its own that a test may end. */
const signInAgain = async (): Promise<Visitor> => {
  const again = program.visitor()
  await again.ask('POST', '/api/session', { email: 'ines@example.org', password })
  return again
}
const waiting = (page: Page) => page.locator('.wait > li').count()
const card = (page: Page) => page.locator('#card-title')
const look = async (page: Page, where: string) => {
  await expectAccessible(page, where)
  await picture(page, where)
}
const kept = (page: Page) => page.evaluate(() => localStorage.getItem('rapport-kept'))

describe('when things go wrong', () => {
  test('a double click confirms one finding and not the next', async () => {
    const { review } = await newTalk()
    await using window = await openReview(ines, review)
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
    const { pair } = await startOneOnOne(ines, '2026-03-03T09:00', 'Anna Lindqvist')
    const { meeting } = await newTalk(ines, pair)
    await using window = await openPage(browser, ines)
    await window.page.goto(`${program.url}${meeting}/after`)
    await window.page.getByRole('button', { name: 'Plan it' }).dblclick()
    await window.page.waitForURL(/\/before$/)
    const { body } = await ines.ask('GET', `/api/pairs/${pair}`)
    expect(body.meetings).toHaveLength(3)
  })

  test('what one window does shows in the other', async () => {
    const { review } = await newTalk()
    await using mine = await openReview(ines, review)
    await using theirs = await openReview(tomasz, review)
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
    const { review } = await newTalk()
    await using mine = await openReview(ines, review)
    await using theirs = await openReview(tomasz, review)
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

  test('a session that ends while one types: the words stay and are saved after signing in again', async () => {
    const { meeting } = await newTalk()
    const again = await signInAgain()
    await using window = await openPage(browser, again)
    const { page } = window
    await page.goto(`${program.url}${meeting}/before`)
    const note = page.getByLabel('Only you: your own note')
    await note.fill('Ask about')
    await page.getByText('Saved', { exact: true }).waitFor()
    await again.ask('DELETE', '/api/session')
    await note.focus()
    await page.keyboard.press('End')
    await page.keyboard.type(' the kiln')
    await page.getByRole('heading', { name: 'You have been signed out' }).waitFor()
    expect(await note.inputValue()).toBe('Ask about the kiln')
    await look(page, 'signed-out')
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await expect.poll(() => note.inputValue()).toBe('Ask about the kiln')
    expect(window.complaints).toEqual([])
  })

  test('two windows of one person do not overwrite each other’s note', async () => {
    const { meeting } = await newTalk()
    await using first = await openPage(browser, ines)
    await using second = await openPage(browser, ines)
    const noteOf = async ({ page }: { page: Page }) => {
      await page.goto(`${program.url}${meeting}/before`)
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
    const { meeting } = await newTalk()
    await using window = await openPage(browser, ines)
    const { page } = window
    await page.goto(`${program.url}${meeting}/before`)
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

  test('a server that goes away and comes back during a review loses nothing', async () => {
    await using kiln = await temporaryFolder()
    const away = new AsyncDisposableStack()
    const first = away.use(await startTestProgram({ folder: kiln.folder }))
    const owner = await first.owner(manager, 'ines@example.org')
    const { pair } = await startOneOnOne(owner)
    const { review } = await newTalk(owner, pair)
    await using window = await openReview(owner, review)
    const { page } = window
    const before = await waiting(page)
    await away.disposeAsync()
    await page.getByText('The server cannot be reached.').waitFor()
    // One goes on; nothing is said to be done that is not.
    await page.keyboard.press('x')
    await expect.poll(() => waiting(page)).toBe(before - 1)
    await page.getByText('One change is kept in this browser').waitFor()
    await look(page, 'server-away')
    await page.keyboard.press('z')
    await expect.poll(() => waiting(page)).toBe(before)
    await page.keyboard.press('c')
    await expect.poll(() => waiting(page)).toBe(before - 1)

    await using second = await startTestProgram({
      folder: kiln.folder,
      port: Number(new URL(first.url).port),
    })
    await page.getByText('The server cannot be reached.').waitFor({ state: 'detached' })
    await expect.poll(() => kept(page)).toBe(null)
    const { body } = await owner.ask(
      'GET',
      `/api${review.replace('/with', '/pairs').replace('transcript', 'transcripts')}`,
    )
    const states = body.findings.map(({ state }: { state: string }) => state)
    expect(states.filter((state: string) => state !== 'proposed')).toHaveLength(1)
    // Live again: what happens elsewhere shows here.
    const other = body.findings.find(({ state }: { state: string }) => state === 'proposed')
    await owner.ask('PATCH', `/api/pairs/${pair}/findings/${other.kind}/${other.id}`, {
      version: other.version,
      state: 'dismissed',
    })
    await expect.poll(() => waiting(page)).toBe(before - 2)
    expect(second.url).toBe(first.url)
  })

  test('offline in the middle of a review: what is settled and edited is sent later, and asked about where the other was quicker', async () => {
    const { review } = await newTalk()
    await using mine = await openReview(ines, review)
    const { page } = mine
    const before = await waiting(page)
    await page.context().setOffline(true)
    const first = await card(page).textContent()
    await page.keyboard.press('e')
    await page.getByLabel('Words').fill('Typed in a tunnel')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => card(page).textContent()).toBe('Typed in a tunnel')
    await page.keyboard.press('c')
    await expect.poll(() => waiting(page)).toBe(before - 1)
    const second = await card(page).textContent()
    await page.keyboard.press('c')
    await expect.poll(() => waiting(page)).toBe(before - 2)

    // The other settles the second one differently.
    await using theirs = await openReview(tomasz, review)
    await theirs.page.getByRole('button', { name: second! }).click()
    await theirs.page.keyboard.press('x')
    await expect.poll(() => waiting(theirs.page)).toBe(before - 1)

    await page.context().setOffline(false)
    await expect.poll(() => waiting(theirs.page)).toBe(before - 2)
    await theirs.page.getByText('Typed in a tunnel').first().waitFor({ state: 'attached' })
    await page.getByText('Dismissed by Tomasz').waitFor({ state: 'attached' })
    await page
      .getByText(/settled/)
      .last()
      .click()
    await page.getByRole('button', { name: second! }).click()
    await page.getByText('This was changed meanwhile').waitFor()
    await page.getByRole('button', { name: 'Leave it as it is now' }).click()
    await expect.poll(() => kept(page)).toBe(null)
    expect(first).not.toBe(second)
  })

  test('signing out leaves nobody’s words in the browser, also in the other window', async () => {
    const { review } = await newTalk()
    await using window = await openReview(await signInAgain(), review)
    const { page } = window
    const other = await page.context().newPage()
    await other.goto(`${program.url}${review}`)
    await other.locator('#card-title').waitFor()
    await page.bringToFront()
    await page.context().setOffline(true)
    await page.keyboard.press('e')
    await page.getByLabel('Words').fill('Only in this browser')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => kept(page)).toContain('Only in this browser')
    const signOut = async () => {
      await page.getByRole('button', { name: /your menu/ }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
    }
    // Offline it cannot be done, and says so.
    await signOut()
    await page.getByText('You are still signed in').first().waitFor()
    await page.context().setOffline(false)
    await expect.poll(() => kept(page)).toBe(null)
    await page.keyboard.press('Escape')
    await signOut()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await other.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('browser')
  })

  test('several files at once, one of which cannot be read', async () => {
    const { body } = await ines.ask('POST', `/api/pairs/${oneOnOne.pair}/meetings`, {
      local: '2026-04-20T09:00',
    })
    await using window = await openPage(browser, ines)
    const { page } = window
    await page.goto(`${program.url}/with/${oneOnOne.pair}/meeting/${body.id}/after`)
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
