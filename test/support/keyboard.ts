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
  if (within === 'body') {
    await page.evaluate(startAtTop)
    await page.keyboard.press('Tab')
  }
  for (let left = missing.length + innerStops; left > 0; left--) {
    const stop = await page.evaluate(lookAtFocus, within)
    if (!stop) break
    const index = missing.indexOf(stop.name)
    if (index >= 0) missing.splice(index, 1)
    ;(stop.ring ? ringed : bare).add(stop.name)
    if (stop.under !== null) hidden.push(`${stop.name} under ${stop.under}`)
    await page.keyboard.press('Tab')
  }
  // A field for a date draws a ring of its own around the button inside it.
  const unseen = [...bare].filter(name => !ringed.has(name))
  expect({ missing, unseen, hidden }, `${where}, by Tab`).toEqual({ missing: [], unseen: [], hidden: [] })
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

/** Where the focus stands; null when it has left. */
const lookAtFocus = (within: string): { name: string; ring: boolean; under: string | null } | null => {
  const at = document.activeElement
  if (!(at instanceof HTMLElement) || at === document.body || !at.closest(within)) return null
  const { nameOfControl } = globalThis as unknown as { nameOfControl: (control: Element) => string }
  const isRinged = (element: Element | null) => {
    if (!element) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  }
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
