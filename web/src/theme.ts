/** The look one chose for this browser; the system decides until then. */
export type Theme = 'system' | 'light' | 'dark'
const key = 'rapport-theme'
const shortcutsKey = 'rapport-shortcuts'

export const themeNow = (): Theme => {
  const kept = localStorage.getItem(key)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export const setTheme = (theme: Theme): void => {
  if (theme === 'system') localStorage.removeItem(key)
  else localStorage.setItem(key, theme)
  applyTheme()
}

export const applyTheme = (): void => {
  const theme = themeNow()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** Single keys can be switched off (WCAG 2.1.4). */
export const shortcutsOn = (): boolean => localStorage.getItem(shortcutsKey) !== 'off'
export const setShortcuts = (on: boolean): void => localStorage.setItem(shortcutsKey, on ? 'on' : 'off')
