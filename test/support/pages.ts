import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Visitor } from './program.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const desktop = { width: 1280, height: 860 }
export const phone = { width: 390, height: 844 }

/** A window of its own, signed in as somebody or as nobody, and what its browser complains of. */
export const openPage = async (browser: Browser, who: Visitor | null, size = desktop) => {
  const context = await browser.newContext({
    viewport: size,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  if (who) await signInAs(context, who)
  const page = await context.newPage()
  return {
    page,
    complaints: complaintsOf(page),
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** Hands the visitor's cookie to the window. */
export const signInAs = async (context: ReturnType<Page['context']>, { cookie, url }: Visitor) => {
  const [name = '', value = ''] = cookie?.split('=') ?? []
  await context.addCookies([
    { name, value, url: url.replace('http:', 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' },
  ])
}

/**
 * Makes the window as tall as its page while it is looked at: what floats over a control while one
 * scrolls neither makes it smaller nor stands in the middle of a picture.
 */
export const wholePage = async (page: Page, look: () => Promise<void>): Promise<void> => {
  const size = page.viewportSize() ?? desktop
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...size, height })
  await look()
  await page.setViewportSize(size)
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}
interface Axe {
  run(options: object): Promise<{ violations: Violation[] }>
}

/** Beyond axe's usual rules: sizes of targets, and names that hold the words one sees. */
const everyRule = {
  rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
}
/** The dark differs in its colours and in nothing else. */
const colourRules = { runOnly: ['color-contrast', 'link-in-text-block'] }

/** Asserts that axe finds nothing to object to on the page as it stands, in the light and in the dark. */
export const expectAccessible = async (page: Page, where: string): Promise<void> => {
  // Through the debugger, not a script tag: the page's content policy stays as it is.
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axeSource)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = await page.evaluate(
      async options => {
        const { axe } = globalThis as unknown as { axe: Axe }
        return (await axe.run({ ...options, resultTypes: ['violations'] })).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
        )
      },
      colorScheme === 'light' ? everyRule : colourRules,
    )
    expect(violations, `${where}, ${colorScheme}`).toEqual([])
  }
}

/** Pictures of every screen, when a folder for them is named. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['RAPPORT_PICTURES']
  if (folder === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true })
  }
}

/** Whatever the browser complained of, content policy included. */
const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // Browsers call it an error when the API refuses something; the page says so in a sentence.
    const isRefusal = / 4\d\d /.test(message.text()) && message.location().url.includes('/api/')
    if (message.type() === 'error' && !isRefusal)
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  return complaints
}

/** Nothing may reach over the edge of a narrow window. */
export const expectNoSidewaysScroll = async (page: Page, where: string): Promise<void> => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over, `${where} scrolls sideways`).toBeLessThanOrEqual(0)
}
