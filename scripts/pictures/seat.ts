import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { smaller } from './smaller.ts'

/** Somebody of the sample at a window, signed in, and the ids that addresses are made of. */
export interface Seat {
  readonly page: Page
  readonly url: string
  readonly pair: string
  /** The next meeting, and the last one that was held. */
  readonly next: string
  readonly last: string
  /** The last meeting's transcript. */
  readonly transcript: string
  /** Open roadblocks, the one that came back first. */
  readonly roadblock: string
}

/** A picture: whose window, which address, and what is done there before. */
export interface Place {
  readonly name: string
  readonly who: 'manager' | 'report'
  path(seat: Seat): string
  /** What must stand there; then, once, what is pressed or typed. */
  readonly heading: string | RegExp
  before?(page: Page): Promise<void>
  /** Only with `--every`: no guide shows it. */
  readonly onlyToLook?: true
}

/** As a guide shows it: nothing of it is smaller than one reads. */
const frame = { width: 1240, height: 800 }
const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } }

export const seatOf = async (
  browser: Browser,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Seat> => {
  const context = await browser.newContext({
    viewport: frame,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Agenda' }).waitFor()
  const read = (path: string) =>
    page.evaluate(async (address): Promise<any> => (await fetch(`/api${address}`)).json(), path)
  const [{ pair }] = (await read('/pairs')).pairs
  const { next, meetings } = await read(`/pairs/${pair.id}`)
  const last = meetings.find(({ transcripts }: { transcripts: number }) => transcripts > 0)
  const { transcripts } = await read(`/pairs/${pair.id}/meetings/${last.id}`)
  const { roadblocks } = await read(`/pairs/${pair.id}/roadblocks`)
  const back = roadblocks.find(({ needsDecision }: { needsDecision: boolean }) => needsDecision)
  return {
    page,
    url,
    pair: pair.id,
    next: next.id,
    last: last.id,
    transcript: transcripts[0].id,
    roadblock: (back ?? roadblocks[0])?.id,
  }
}

/** Takes the picture, or with `every` one of each size and theme. */
export const lookIn = async (seat: Seat, place: Place, folder: string, every: boolean): Promise<void> => {
  const { page, url } = seat
  await page.setViewportSize(every ? sizes.desktop : frame)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`${url}${place.path(seat)}`)
  await page.getByRole('heading', { name: place.heading }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await place.before?.(page)
  if (!every) {
    await writeFile(join(folder, `${place.name}.png`), smaller(await page.screenshot()))
    return
  }
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const path = join(folder, `${place.name}-${size}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: true })
    }
  }
}
