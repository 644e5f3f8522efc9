import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Asserts that axe finds nothing to object to on the page as it stands, in the light and in the dark. */
export const expectAccessible = async (page: Page, where: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Through the debugger, not a script tag: the page's content policy stays as it is.
    await page.evaluate(axeSource)
    const violations = await page.evaluate(async () => {
      const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: unknown[] }> } }).axe
      const { violations: found } = await axe.run()
      return (found as { id: string; nodes: { html: string; failureSummary: string }[] }[]).map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      )
    })
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
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // Asking who is signed in before anybody is answers 401, which browsers call an error.
    if (message.type() === 'error' && !message.text().includes('401'))
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  return complaints
}

/** Nothing may reach over the edge of a narrow window. */
export const expectNoSidewaysScroll = async (page: Page, where: string): Promise<void> => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over, `${where} scrolls sideways`).toBeLessThanOrEqual(0)
}
