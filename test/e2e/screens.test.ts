import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { openBrowser } from '../support/chromium.ts'
import { addRoadblock } from '../support/http-ledger.ts'
import { addTranscript, fileOf, okBody } from '../support/http-seed.ts'
import { type OneOnOne, planMeeting, startOneOnOne } from '../support/one-on-one.ts'
import { openPage, signInAs } from '../support/pages.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { expectScreen as expectScreenOf, type Opening } from '../support/screen.ts'
import { manager, report, talks } from '../support/talks.ts'

const days = 86_400_000
const longDay = (local: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(local))
/** Ten o'clock so many days from now, as a field of the page takes it. */
const inDays = (count: number) => `${new Date(Date.now() + count * days).toISOString().slice(0, 10)}T10:00`

let program: TestProgram
let browser: Browser
let page: Page
let complaints: string[]
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  program = opened.use(await startTestProgram())
  browser = await openBrowser()
  opened.defer(() => browser.close())
  const window = opened.use(await openPage(browser, null))
  page = window.page
  complaints = window.complaints
})
afterAll(() => opened.disposeAsync())

const expectScreen = (where: string, title: string, opening?: Opening) =>
  expectScreenOf(page, where, title, opening)

const go = async (path: string, heading: string | RegExp) => {
  await page.goto(`${program.url}${path}`)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** After a change of page its heading is read out, unless a field waits for words. */
const expectFocus = async (selector: string) =>
  expect.poll(() => page.evaluate(wanted => document.activeElement?.matches(wanted), selector)).toBe(true)

/** What stood in the way comes back in another meeting: the two know that it is the same. */
const sayAgain = async (who: Visitor, { pair }: OneOnOne, local: string): Promise<string> => {
  const at = `/api/pairs/${pair}`
  const [first] = (await okBody(who, 'GET', `${at}/roadblocks`)).roadblocks
  const meeting = await planMeeting(who, pair, local)
  const again = await addRoadblock(who, { pair, meeting }, 'No electrician again.')
  await okBody(who, 'POST', `${at}/roadblocks/${again.roadblock}/merge`, { into: first.id })
  return first.text
}

describe('every screen by both widths and themes, by keyboard and by name', () => {
  let owner: Visitor
  let oneOnOne: OneOnOne
  /** The meeting that is ahead. */
  let ahead: string

  test('doors', async () => {
    await go('/', 'Sign in')
    await expectFocus('h1')
    await expectScreen('sign-in', 'Sign in')
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('That e-mail and password do not go together').waitFor()
    await expectFocus('#password')
    await expectScreen('sign-in-refused', 'Sign in')

    const first = await program.firstStart()
    await page.goto(first!.url)
    await page.getByLabel('Your name').waitFor()
    await expectScreen('welcome', 'Welcome')
    await go('/join#not-a-link', 'Join your 1:1')
    await page.getByRole('heading', { name: 'This link does not open anything' }).waitFor()
    await expectScreen('link-over', 'Join your 1:1')
    owner = await program.owner(manager, 'ines@example.org')
    expect(complaints).toEqual([])
  })

  test('an empty workspace', async () => {
    await signInAs(page.context(), owner)
    await go('/', 'Who do you meet with?')
    await expectFocus('h1')
    await expectScreen('new-pair', 'Who do you meet with?')
    await expectScreen('menu', 'Who do you meet with?', { by: /your menu/, as: '.menu' })
    await go('/people', 'People')
    await expectFocus('h1')
    await expectScreen('people-alone', 'People')
    await go('/settings', 'The coach')
    await expectFocus('h1')
    await page.getByText('extract, version').waitFor()
    await expectScreen('settings', 'The coach')
    await go('/nowhere', 'There is no page here')
    await expectScreen('nothing-here', 'Nothing here')
    expect(complaints).toEqual([])
  })

  test('a 1:1 before anything was said in it', async () => {
    oneOnOne = await startOneOnOne(owner, inDays(-7))
    const { pair, meeting } = oneOnOne
    await go(`/with/${pair}/meeting/${meeting}/after`, longDay(inDays(-7)))
    await expectScreen('after-empty', `${longDay(inDays(-7))}, after`)
    ahead = await planMeeting(owner, pair, inDays(2))
    await go(`/with/${pair}`, longDay(inDays(2)))
    await expectFocus('h1')
    await expectScreen('before-empty', `${longDay(inDays(2))}, before`)
    await expectScreen('move-or-cancel', `${longDay(inDays(2))}, before`, {
      by: /Move or cancel/,
      as: 'dialog',
    })
    await page.getByRole('button', { name: 'Make a link' }).click()
    await page.getByRole('textbox', { name: 'Link for' }).waitFor()
    await expectScreen('hand-over', `${longDay(inDays(2))}, before`)
    await page.getByRole('link', { name: 'Promises' }).first().click()
    await expectFocus('h1')
    await expectScreen('promises-empty', 'Promises')
    await page.getByRole('link', { name: 'Search' }).first().click()
    await expectFocus('input[type=search]')
    await expectScreen('search-empty', 'Search')
    await go(`/with/${pair}/meeting/${meeting}/after`, longDay(inDays(-7)))
    await page.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('alert').waitFor()
    await expectScreen('upload-refused', `${longDay(inDays(-7))}, after`)
    expect(complaints).toEqual([])
  })

  test('a transcript read, and one that cannot be', async () => {
    const { pair, meeting } = oneOnOne
    const after = `/with/${pair}/meeting/${meeting}/after`
    const title = `${longDay(inDays(-7))}, after`
    await addTranscript(owner, oneOnOne, fileOf('holiday.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0, 1])))
    await go(after, longDay(inDays(-7)))
    await page.getByRole('button', { name: 'Discard it' }).waitFor()
    await expectScreen('unreadable', title)
    await page.getByRole('button', { name: 'Discard it' }).click()
    await page.getByRole('heading', { name: 'What was said' }).waitFor()

    await addTranscript(owner, oneOnOne, fileOf(talks.zoom.name, talks.zoom.text))
    await go(after, longDay(inDays(-7)))
    await page.getByRole('link', { name: 'Go through them' }).waitFor()
    await expectScreen('after-read', title)
    await go('/', longDay(inDays(-7)))
    await page.getByRole('link', { name: 'Go through them' }).click()
    await page.locator('#card-title').waitFor()
    await expectFocus('h1')
    await expectScreen('review', 'What was found')
    await page.keyboard.press('e')
    await page.getByLabel('Words').waitFor()
    await expectScreen('review-edit', 'What was found')
    await page.getByRole('button', { name: 'Leave it' }).click()
    const waiting = page.locator('.wait > li')
    while ((await waiting.count()) > 0) {
      const left = await waiting.count()
      await page.keyboard.press('c')
      await expect.poll(() => waiting.count()).toBe(left - 1)
    }
    await expectScreen('review-settled', 'What was found')
    await go(after, longDay(inDays(-7)))
    await expectScreen('after-settled', title)
    await go(`/with/${pair}`, longDay(inDays(2)))
    await expectScreen('before', `${longDay(inDays(2))}, before`)
    await go(`/with/${pair}/promises`, 'Promises')
    await page.getByRole('checkbox').first().waitFor()
    await expectScreen('promises', 'Promises')
    await page.getByRole('checkbox').first().click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    // Everything that opens in the ledger at once: what was kept, who changed it, and the forms.
    await page.getByText('Kept and dropped, 1').click()
    await page.getByText('Two changes').click()
    await page.locator('.promise.done').getByText(', you: confirmed').waitFor()
    await page.getByRole('button', { name: 'Add a promise' }).click()
    const open = page.locator('.promise:not(.done)').first()
    await open.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('button', { name: 'Drop it' }).click()
    await page.getByLabel(/^Why, if you like/).waitFor()
    await expectScreen('promises-changing', 'Promises')
    await expectScreen('promise-menu', 'Promises', { by: /^More for/, as: '.menu' })
    await go(`/with/${pair}/brief`, 'Before you meet Tomasz')
    await expectScreen('brief', 'Before you meet Tomasz')
    await go(`/with/${pair}/roadblocks`, 'Roadblocks')
    await page.getByRole('listitem').getByText('Said in one meeting').first().waitFor()
    await expectScreen('roadblocks', 'Roadblocks')
    const text = await sayAgain(owner, oneOnOne, inDays(-3))
    await go(`/with/${pair}/roadblocks`, 'Roadblocks')
    await page.getByRole('main').getByRole('link', { name: text }).click()
    await page.getByRole('heading', { name: 'It came back. What happens now?' }).waitFor()
    await expectScreen('roadblock', text)
    await page.getByRole('button', { name: /^Put it on .*’s agenda$/ }).click()
    await page.getByText('It is on the agenda of').first().waitFor()
    await page.getByLabel('What will be done').fill('Ask the landlord for another one')
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await page.getByRole('heading', { name: 'What you decided' }).waitFor()
    await page.getByText('To be removed by nobody yet, no day yet.').waitFor()
    await expectScreen('roadblock-decided', text)
    await go(`/with/${pair}/search`, 'Search')
    await page.getByRole('searchbox').fill('electrician')
    await page.getByText('the closest first').waitFor()
    await expectScreen('search', 'Search')
    await page.getByRole('searchbox').fill('xylophone')
    await page.getByText('Nothing found').waitFor()
    await expectScreen('search-none', 'Search')
    expect(complaints).toEqual([])
  })

  test('voices without names, and a talk in which nothing was found', async () => {
    const other = await planMeeting(owner, oneOnOne.pair, inDays(-14))
    const quiet = { pair: oneOnOne.pair, meeting: other }
    const talk = [
      'Speaker 1: Good morning.',
      'Speaker 2: Good morning to you.',
      'Speaker 1: It was a quiet week.',
      'Speaker 2: Here too.',
    ]
    const { id: transcript } = await addTranscript(owner, quiet, fileOf('quiet.txt', talk.join('\n')))
    await go(`/with/${quiet.pair}/meeting/${other}/after`, longDay(inDays(-14)))
    await page.getByRole('heading', { name: 'Who is who?' }).waitFor()
    await expectScreen('who-is-who', `${longDay(inDays(-14))}, after`)
    await go(`/with/${quiet.pair}/transcript/${transcript}`, 'What was found')
    await page.getByText('Good morning to you').waitFor()
    await expectScreen('review-empty', 'What was found')
    expect(complaints).toEqual([])
  })

  test('a transcript on its way, and a step that did not work', async () => {
    const meeting = await planMeeting(owner, oneOnOne.pair, inDays(-21))
    const at = { pair: oneOnOne.pair, meeting }
    const { id } = await addTranscript(owner, at, fileOf(talks.otter.name, talks.otter.text))
    const set = (state: string) =>
      program.database.asSystem('jobs', tx =>
        tx.run(
          sql`update job set state = ${state}, failures = 3, reason = 'gave-up', progress = 0.4,
            not_before = now() + interval '1 day' where transcript_id = ${id} and kind = 'extract'`,
        ),
      )
    await set('ready')
    await go(`/with/${at.pair}/meeting/${meeting}/after`, longDay(inDays(-21)))
    await page.getByRole('heading', { name: 'Reading what was said' }).waitFor()
    await expectScreen('reading', `${longDay(inDays(-21))}, after`)
    await set('failed')
    await page.reload()
    await page.getByRole('button', { name: 'Go on without it' }).waitFor()
    await expectScreen('step-failed', `${longDay(inDays(-21))}, after`)
    await page.getByRole('button', { name: 'Go on without it' }).click()
    await page.getByRole('link', { name: 'Go through them' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('several people', async () => {
    const link = await owner.ask('POST', `/api/people/${oneOnOne.other}/invitation`)
    await using stranger = await openPage(browser, null)
    const mine = page
    page = stranger.page
    await page.goto(link.body.url)
    await page.getByLabel('Your name').waitFor()
    await expectScreen('join', 'Join your 1:1')
    const member = await program.useLink(link.body.url, { name: report, email: 'tomasz@example.org' })

    // The way back in is made on the page, by the other one.
    await using theirs = await openPage(browser, member)
    page = theirs.page
    await go(`/with/${oneOnOne.pair}/meeting/${ahead}/before`, longDay(inDays(2)))
    await page.getByRole('heading', { name: 'Something to tell Ines?' }).waitFor()
    await page.getByRole('heading', { name: 'Who can read what' }).waitFor()
    await expectScreen('before-report', `${longDay(inDays(2))}, before`)
    await go(`/with/${oneOnOne.pair}/about`, 'About this 1:1')
    await page.getByLabel('How often').selectOption('Every two weeks')
    await page.getByRole('region', { name: 'When you meet' }).getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').last().waitFor()
    await expectScreen('about', 'About this 1:1')
    await page.getByRole('button', { name: 'Make a link' }).click()
    const address = await page.getByRole('textbox', { name: 'Link for' }).inputValue()
    page = stranger.page
    await page.goto(address)
    await page.getByLabel('Password').waitFor()
    await expectScreen('recover', 'Choose a new password')
    page = mine
    await startOneOnOne(owner, inDays(1), 'Wilhelmina Schwarzenbach-Oyelaran')
    await program.member(owner, 'Anna Lindqvist', 'anna@example.org')
    await go('/', 'Your 1:1s')
    await expectFocus('h1')
    await expectScreen('home', 'Your 1:1s')
    await go('/people', 'People')
    await page.getByText('Every 14 days').waitFor()
    await page.getByRole('button', { name: 'Close account of Anna Lindqvist' }).click()
    await page.getByRole('button', { name: 'Open again: the account of Anna Lindqvist' }).waitFor()
    await expectScreen('people', 'People')
    await go('/account', 'My account')
    await page.getByText('This one').waitFor()
    await expectScreen('account', 'My account')
    await go(`/with/${oneOnOne.pair}/promises`, 'Promises')
    await expectScreen('switcher', 'Promises', { by: /^1:1 with/, as: '.menu' })
    expect(complaints).toEqual([])
  })
})
