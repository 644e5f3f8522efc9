import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './chromium.ts'
import { addTranscript, fileOf, okBody } from './http-seed.ts'
import { type OneOnOne, startOneOnOne } from './one-on-one.ts'
import { expectAccessible, openPage, picture } from './pages.ts'
import { startTestProgram, type TestProgram, type Visitor } from './program.ts'
import { manager, report, talks } from './talks.ts'

/** Two people signed in to one program, with a browser at hand: what the tests of bad days begin with. */
export interface Room extends AsyncDisposable {
  readonly program: TestProgram
  readonly browser: Browser
  readonly ines: Visitor
  readonly tomasz: Visitor
  readonly oneOnOne: OneOnOne
}

export const openRoom = async (): Promise<Room> => {
  await using opened = new AsyncDisposableStack()
  const program = opened.use(await startTestProgram())
  const browser = await openBrowser()
  opened.defer(() => browser.close())
  const ines = await program.owner(manager, 'ines@example.org')
  const oneOnOne = await startOneOnOne(ines)
  const link = await okBody(ines, 'POST', `/api/people/${oneOnOne.other}/invitation`)
  const tomasz = await program.useLink(link.url, { name: report, email: 'tomasz@example.org' })
  const owned = opened.move()
  return {
    program,
    browser,
    ines,
    tomasz,
    oneOnOne,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

let days = 10
/** A talk of its own, a day after the one before, with four findings to settle; where its pages are. */
export const newTalk = async (who: Visitor, pair: string) => {
  const meeting = await okBody(who, 'POST', `/api/pairs/${pair}/meetings`, {
    local: `2026-03-${++days}T09:00`,
  })
  const text = `${talks.otter.text}\n${report}  2:00\nThat is ${days}.\n`
  const { id } = await addTranscript(who, { pair, meeting: meeting.id }, fileOf(`${days}.txt`, text))
  return { meeting: `/with/${pair}/meeting/${meeting.id}`, review: `/with/${pair}/transcript/${id}` }
}

export const openReview = async (browser: Browser, who: Visitor, review: string) => {
  const window = await openPage(browser, who)
  await window.page.goto(`${who.url}${review}`)
  await card(window.page).waitFor()
  return window
}

/** How many findings wait in the list. */
export const waiting = (page: Page): Promise<number> => page.locator('.wait > li').count()
/** The words of the finding that is open. */
export const card = (page: Page) => page.locator('#card-title')

export const look = async (page: Page, where: string): Promise<void> => {
  await expectAccessible(page, where)
  await picture(page, where)
}
