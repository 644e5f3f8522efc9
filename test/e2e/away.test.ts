import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/database.ts'
import { okBody, sessionOf } from '../support/http-seed.ts'
import { startOneOnOne } from '../support/one-on-one.ts'
import { openPage } from '../support/pages.ts'
import { password, startTestProgram, type Visitor } from '../support/program.ts'
import { card, look, newTalk, openReview, openRoom, type Room, waiting } from '../support/review-room.ts'
import { manager } from '../support/talks.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room[Symbol.asyncDispose]())

/** Ines once more, in a session of its own that a test may end. */
const signInAgain = async (): Promise<Visitor> =>
  sessionOf(room.program, (await okBody(room.ines, 'GET', '/api/me')).person.id)
/** What this browser still keeps to send. */
const kept = (page: Page) => page.evaluate(() => localStorage.getItem('rapport-kept'))

describe('while the server or the session is away', () => {
  test('a session that ends while one types: the words stay and are saved after signing in again', async () => {
    const { meeting } = await newTalk(room.ines, room.oneOnOne.pair)
    const again = await signInAgain()
    await using window = await openPage(room.browser, again)
    const { page } = window
    await page.goto(`${room.program.url}${meeting}/before`)
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

  test('a server that goes away and comes back during a review loses nothing', async () => {
    await using kiln = await temporaryFolder()
    const away = new AsyncDisposableStack()
    const first = away.use(await startTestProgram({ folder: kiln.folder }))
    const owner = await first.owner(manager, 'ines@example.org')
    const { pair } = await startOneOnOne(owner)
    const { review } = await newTalk(owner, pair)
    await using window = await openReview(room.browser, owner, review)
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
    const { review } = await newTalk(room.ines, room.oneOnOne.pair)
    await using mine = await openReview(room.browser, room.ines, review)
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
    await using theirs = await openReview(room.browser, room.tomasz, review)
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
    const { review } = await newTalk(room.ines, room.oneOnOne.pair)
    await using window = await openReview(room.browser, await signInAgain(), review)
    const { page } = window
    const other = await page.context().newPage()
    await other.goto(`${room.program.url}${review}`)
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
})
