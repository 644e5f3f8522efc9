import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { openBrowser } from '../support/chromium.ts'
import {
  joinMember,
  joinOwner,
  type Member,
  okBody,
  sessionOf,
  startPair,
  untilIdle,
} from '../support/http-seed.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { dutyOf, honestModel } from '../support/model-says.ts'
import { dayAhead, planMeeting } from '../support/one-on-one.ts'
import { openPage } from '../support/pages.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'
import { expectScreen } from '../support/screen.ts'
import { talks } from '../support/talks.ts'

/** Two people and a model that listens, in a browser from the settings page to a model that goes away. */
let server: ModelServer
let program: TestProgram
let browser: Browser
let owner: Member
let pair: string
let meeting: string
let next: string
let mine: Visitor
let theirs: Visitor
const opened = new AsyncDisposableStack()

beforeAll(async () => {
  server = opened.use(await openModelServer({ says: honestModel }))
  program = opened.use(await startTestProgram())
  browser = await openBrowser()
  opened.defer(() => browser.close())
  owner = await joinOwner(program)
  const manager = await joinMember(program, owner, 'Ines Calder')
  const made = await startPair(program, manager, 'Tomasz Brandt')
  ;({ pair, meeting } = made)
  mine = await sessionOf(program, manager.id)
  theirs = await sessionOf(program, made.report.id)
  next = await planMeeting(mine, pair, `${dayAhead(3)}T10:00`)
})
afterAll(() => opened.disposeAsync())

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor()
const open = async (who: Visitor, path: string, title: string | RegExp) => {
  const window = await openPage(browser, who)
  await window.page.goto(`${program.url}${path}`)
  await heading(window.page, title)
  return window
}
const upload = async (page: Page, at: string, talk: { name: string; text: string }) => {
  await page.goto(`${program.url}/with/${pair}/meeting/${at}/after`)
  await heading(page, 'What was said')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name: talk.name, mimeType: 'text/vtt', buffer: Buffer.from(talk.text) })
  await page.getByLabel(/both agreed to this transcript/).check()
  await page.getByRole('button', { name: 'Add it' }).click()
  await page.getByRole('link', { name: 'Go through them' }).waitFor({ timeout: 60_000 })
}

test('the settings page: an address is filled in, tried and saved', async () => {
  await using window = await open(await sessionOf(program, owner.id), '/settings', 'The coach')
  const { page, complaints } = window
  await page.getByRole('textbox', { name: 'Address' }).fill(server.url)
  await page.getByRole('textbox', { name: 'Model', exact: true }).fill('test')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. It counts from the next meeting on.').first().waitFor()
  await page.getByRole('button', { name: 'Test it' }).click()
  await page.getByText('It copies word for word.').waitFor({ timeout: 60_000 })
  await page.getByText('An hour of talk fits in one go.').waitFor({ timeout: 60_000 })
  await page.getByText('extract, version').waitFor()
  await expectScreen(page, 'settings-model', 'The coach')
  expect(complaints).toEqual([])
})

test('a day of two: of all that the model is sent nothing holds a private word of the other', async () => {
  server.journal.length = 0
  const people = [
    { side: 'manager', who: mine, name: 'Tomasz' },
    { side: 'report', who: theirs, name: 'Ines' },
  ] as const
  const wordOf = (place: string, side: string) => `canary${place}of${side}`
  for (const { side, who, name } of people) {
    await using window = await open(who, `/with/${pair}/feedback`, 'Feedback')
    const { page } = window
    await page.getByLabel('What did you see?').fill(`${name} filled in the ${wordOf('seen', side)} late.`)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Write from it/ }).click()
    await heading(page, `To ${name}`)
    const rough = page.getByRole('textbox', { name: 'Your words' })
    const before = await rough.textContent()
    await rough.focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type(`Nobody knows of the ${wordOf('draft', side)} yet. `)
    expect(await rough.textContent()).toBe(`Nobody knows of the ${wordOf('draft', side)} yet. ${before}`)
    await page.getByText('Saved', { exact: true }).waitFor()
    // Sorted by the model because its writer asked for it; nothing changes before it is taken.
    await page.getByRole('button', { name: 'Let the model sort your words' }).click()
    await heading(page, 'As the model sorts them')
    await page.getByLabel('What it led to').fill('Written by hand.')
    await expectScreen(page, `draft-sorted-${side}`, 'Feedback, a draft')
    await page.getByRole('button', { name: 'Take it' }).click()
    await expect
      .poll(() => page.getByLabel('What you saw').inputValue())
      .toBe(`You filled in the ${wordOf('seen', side)} late`)
    expect(await page.getByLabel('What it led to').inputValue()).toBe('Written by hand.')
    await page.getByText('Saved', { exact: true }).waitFor()
    for (const at of [meeting, next]) {
      await page.goto(`${program.url}/with/${pair}/meeting/${at}/during`)
      await page.getByRole('textbox', { name: 'Note', exact: true }).waitFor()
      await page.getByRole('button', { name: /^Open/ }).click()
      await page.getByLabel('Only you: your own note').fill(`Ask about the ${wordOf('note', side)}.`)
      await page.getByText('Saved', { exact: true }).waitFor()
    }
  }
  await using here = await open(mine, `/with/${pair}/meeting/${meeting}/after`, 'What was said')
  await upload(here.page, meeting, talks.zoom)
  await here.page.getByRole('link', { name: 'Go through them' }).click()
  await here.page.locator('#card-title').waitFor()
  const left = here.page.locator('.wait > li')
  for (let waiting = await left.count(); waiting > 0; waiting = await left.count()) {
    await here.page.getByRole('button', { name: /^Confirm/ }).click()
    await expect.poll(() => left.count()).toBe(waiting - 1)
  }

  for (const { who, name } of people) {
    await using window = await open(who, `/with/${pair}/brief`, `Before you meet ${name}`)
    const { page, complaints } = window
    await page.getByText('Worded by the model from these lines alone.').waitFor({ timeout: 60_000 })
    await expectScreen(page, `brief-model-${name}`, `Before you meet ${name}`)
    await page.goto(`${program.url}/with/${pair}/meeting/${next}/before`)
    await page.getByText('What you noticed:').first().waitFor()
    await page.goto(`${program.url}/with/${pair}/feedback`)
    await heading(page, 'Feedback')
    await page.goto(`${program.url}/with/${pair}/search`)
    await page.getByRole('searchbox').fill('electrician')
    await page.locator('#places li').first().waitFor()
    expect(complaints).toEqual([])
  }
  const asked = (duty: string, of: string) =>
    server.journal.some(
      ({ body }) => dutyOf(body) === duty && JSON.stringify(body).includes(`${of}, who meets`),
    )
  for (const reader of ['Ines, the manager', 'Tomasz, the report'])
    for (const duty of ['write-brief', 'suggest-topics'])
      await expect
        .poll(() => asked(duty, reader), { timeout: 60_000, message: `${duty} ${reader}` })
        .toBe(true)
  expect(server.journal.some(({ body }) => dutyOf(body) === 'extract')).toBe(true)

  /** For whom a request was: what is read for both is for nobody alone. */
  const readerOf = (text: string) =>
    people.find(({ side }) => new RegExp(`For \\w+, the ${side}, (?:who meets|about) `).test(text))?.side ??
    null
  const leaks = server.journal.flatMap(({ body, path }) => {
    const text = JSON.stringify(body)
    const holds = people.filter(({ side }) => new RegExp(`canary[a-z]+of${side}`).test(text))
    // A draft goes there because its writer asks for it: words of one of the two, and no note of theirs.
    const isAllowed =
      dutyOf(body) === 'draft-feedback'
        ? holds.length === 1 && !text.includes('canarynote')
        : holds.every(({ side }) => side === readerOf(text))
    return isAllowed ? [] : [`${path} ${dutyOf(body)}: ${holds.map(({ side }) => side).join()}`]
  })
  expect(leaks).toEqual([])
  expect(server.journal.filter(({ body }) => dutyOf(body) === 'draft-feedback')).toHaveLength(2)
  // The walls, and not an empty page, are why: what one noticed is in what was asked for them.
  for (const { side } of people)
    expect(
      server.journal.some(
        ({ body }) =>
          readerOf(JSON.stringify(body)) === side && JSON.stringify(body).includes(wordOf('seen', side)),
      ),
      side,
    ).toBe(true)
}, 240_000)

test('the model goes away: the page says so, everything goes on, and what was read meanwhile is read again', async () => {
  await server.goAway()
  await using window = await openPage(browser, mine)
  const { page, complaints } = window
  const away = await planMeeting(mine, pair, `${dayAhead(2)}T10:00`)
  await upload(page, away, talks.teams)
  const shown = () => okBody(mine, 'GET', `/api/pairs/${pair}/meetings/${away}`)
  const [transcript] = (await shown()).transcripts
  expect(transcript.engine).toBe('offline')
  /** It was promised before: what is found says that it has another day. */
  const promises = async () =>
    (await shown()).findings.filter(
      ({ kind, text }: { kind: string; text: string }) =>
        (kind === 'action-item' || kind === 'update') && text.includes('electrician'),
    )
  expect(await promises()).toHaveLength(1)

  // The brief is the offline one, at once; after some tries in vain nobody is asked, and the page says it.
  await expect
    .poll(
      async () => {
        await page.goto(`${program.url}/with/${pair}/brief`)
        await heading(page, 'Before you meet Tomasz')
        await page.goto(`${program.url}/with/${pair}/meeting/${next}/before`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        return (await okBody(mine, 'GET', '/api/coach')).paused
      },
      { timeout: 60_000 },
    )
    .toBe('model-unreachable')
  await page.goto(`${program.url}/with/${pair}/brief`)
  await page.getByText('The coach works offline.').waitFor()
  expect(await page.getByText('Worded by the model').count()).toBe(0)
  await expectScreen(page, 'brief-model-away', 'Before you meet Tomasz')
  await using administration = await open(await sessionOf(program, owner.id), '/settings', 'The coach')
  await administration.page.getByText('It is asked again in').waitFor()
  await expectScreen(administration.page, 'settings-model-away', 'The coach')

  await server.comeBack()
  await administration.page.getByRole('button', { name: 'Save' }).click()
  await administration.page.getByText('Saved. It counts from the next meeting on.').first().waitFor()
  // What waits for later is brought to now.
  await program.database.asSystem('jobs', tx =>
    tx.run(sql`update job set not_before = now() where state = 'ready'`),
  )
  program.wake()
  await expect.poll(async () => (await shown()).transcripts[0].engine, { timeout: 60_000 }).toBe('llm')
  await untilIdle(mine, pair)
  expect(await promises()).toHaveLength(1)
  await page.reload()
  await page.getByText('Worded by the model from these lines alone.').waitFor({ timeout: 60_000 })
  expect(await page.getByText('The coach works offline.').count()).toBe(0)
  expect(complaints).toEqual([])
}, 240_000)
