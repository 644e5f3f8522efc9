import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectReachable } from './keyboard.ts'
import { desktop, expectAccessible, expectNoSidewaysScroll, phone, picture, wholePage } from './pages.ts'

/** A menu or dialog to be opened by its button before one looks. */
export interface Opening {
  readonly by: RegExp
  readonly as: string
}

const open = async (page: Page, { by, as }: Opening) => {
  // What a menu lists may still be on its way.
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: by }).first().focus()
  await page.keyboard.press('Enter')
  await page.locator(as).waitFor()
}

/** Everything that holds for any screen, at both widths, in both themes; also with a menu or dialog open. */
export const expectScreen = async (page: Page, where: string, title: string, opening?: Opening) => {
  await expect.poll(() => page.title(), { message: where }).toBe(`${title} · Rapport`)
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport)
    if (opening) await open(page, opening)
    await wholePage(page, async () => {
      await expectAccessible(page, `${where}, ${size}`)
      await picture(page, `${where}-${size}`)
    })
    await expectNoSidewaysScroll(page, `${where}, ${size}`)
    await expectReachable(page, `${where}, ${size}`, opening?.as)
    if (opening) {
      await page.keyboard.press('Escape')
      await page.locator(opening.as).waitFor({ state: 'detached' })
    }
  }
  await page.setViewportSize(desktop)
}
