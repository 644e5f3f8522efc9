import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Stops inside fields: a field for a date and time has six. */
const innerStops = 40

/**
 * Asserts that Tab reaches every control that can be seen, each with a ring around it and none of them
 * under a bar that floats. Of a group of radio buttons one is reached; the arrows do the rest. `within`
 * names what has just opened and has the focus: a menu, a dialog.
 */
export const expectReachable = async (page: Page, where: string, within = 'body'): Promise<void> => {
  const missing = await page.evaluate(listControls, within)
  const bare = new Set<string>()
  const ringed = new Set<string>()
  const hidden: string[] = []
  for (const stop of await stopsOf(page, within, missing.length)) {
    const index = missing.indexOf(stop.name)
    if (index >= 0) missing.splice(index, 1)
    ;(stop.ring ? ringed : bare).add(stop.name)
    if (stop.under !== null) hidden.push(`${stop.name} under ${stop.under}`)
  }
  // A field for a date draws a ring of its own around the button inside it.
  const unseen = [...bare].filter(name => !ringed.has(name))
  expect({ missing, unseen, hidden }, `${where}, by Tab`).toEqual({ missing: [], unseen: [], hidden: [] })
}

/**
 * Where Tab comes by, until it leaves. The page itself looks at the focus each time before the key moves it on,
 * so that the keys need not be waited for one by one: of three calls a stop, one was left.
 */
const stopsOf = async (page: Page, within: string, controls: number): Promise<readonly Stop[]> => {
  await page.evaluate(lookAtEachTab, within)
  if (within === 'body') {
    await page.evaluate(startAtTop)
    await page.keyboard.press('Tab')
    await page.evaluate(() => ((globalThis as unknown as Watched).tabStops.length = 0))
  }
  let stops: readonly (Stop | null)[] = []
  for (let left = controls + innerStops; left > 0 && !stops.includes(null); left -= controls + 1) {
    await Promise.all(Array.from({ length: controls + 1 }, () => page.keyboard.down('Tab')))
    await page.keyboard.up('Tab')
    stops = await page.evaluate(() => (globalThis as unknown as Watched).tabStops)
  }
  // The keys too many went round to the first control: a link that shows itself when it has the focus.
  await page.evaluate(() => (globalThis as unknown as Watched).lookNoMore())
  if (within === 'body') await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const end = stops.indexOf(null)
  return stops.slice(0, end < 0 ? undefined : end).filter(stop => stop !== null)
}

interface Stop {
  readonly name: string
  readonly ring: boolean
  readonly under: string | null
}
interface Watched {
  tabStops: (Stop | null)[]
  lookNoMore(): void
}

/** Runs in the page, as the ones below: Tab then begins at the top, wherever the focus was. */
const startAtTop = (): void => {
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
}

/** Names of the controls that can be seen, groups of radio buttons once. */
const listControls = (within: string): string[] => {
  const nameOf = (control: Element) => {
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []
    const words = control.getAttribute('aria-label') ?? labels[0]?.textContent ?? control.textContent
    const name = control.getAttribute('name') ?? words?.slice(0, 60) ?? ''
    return `${control.localName} ${name} ${control.id}`.trim()
  }
  Object.assign(globalThis, { nameOfControl: nameOf })
  const controls = document.querySelectorAll<HTMLElement>(
    ['a[href]', 'button', 'input', 'select', 'textarea', 'summary', '[tabindex="0"]']
      .map(kind => `${within} ${kind}`)
      .join(),
  )
  const seen = [...controls].filter(
    control =>
      control.checkVisibility({ visibilityProperty: true }) &&
      control.tabIndex >= 0 &&
      !(control as HTMLButtonElement).disabled,
  )
  const groups = new Set<string>()
  return seen.map(nameOf).filter((name, index) => {
    if (!seen[index]?.matches('[type=radio]')) return true
    return groups.size < groups.add(name).size
  })
}

/** Notes where the focus stands whenever Tab is about to move it; null when it has left. */
const lookAtEachTab = (within: string): void => {
  const isRinged = (element: Element | null) => {
    if (!element) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  }
  const look = (): Stop | null => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body || !at.closest(within)) return null
    const { nameOfControl } = globalThis as unknown as { nameOfControl: (control: Element) => string }
    // The middle of what the window shows of it.
    const { left, right, top, bottom } = at.getBoundingClientRect()
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
    const above = document.elementFromPoint(x, y)
    const isSeen = above && (at.contains(above) || above.contains(at) || at.closest('label')?.contains(above))
    return {
      name: nameOfControl(at),
      // A hidden radio button lends its ring to its label; the field of the search has a line under it.
      ring: isRinged(at) || isRinged(at.closest('label')) || at.closest('.seek') !== null,
      under: isSeen ? null : (above?.className ?? `the edge, at ${Math.round(y)} of ${innerHeight}`),
    }
  }
  const watched: Watched = { tabStops: [], lookNoMore: () => removeEventListener('keydown', note, true) }
  const note = ({ key }: KeyboardEvent) => {
    if (key === 'Tab') watched.tabStops.push(look())
  }
  addEventListener('keydown', note, true)
  Object.assign(globalThis, watched)
}
