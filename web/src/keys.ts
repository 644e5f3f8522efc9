import { useEffect, useRef } from 'preact/hooks'
import { shortcutsOn } from './theme.ts'

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)))

/** What has the focus, also inside the note's editor. */
export const focused = (): Element | null => {
  const { activeElement } = document
  return activeElement?.shadowRoot?.activeElement ?? activeElement
}

/** Single keys of a screen. They rest in fields, with modifiers, and when somebody switched them off. */
export const useKeys = (keys: Readonly<Record<string, (event: KeyboardEvent) => void>>): void => {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // A key held down is one press: nobody means to settle everything by a heavy finger.
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.repeat ||
        isTyping(event.composedPath()[0] ?? null)
      )
        return
      if (event.key !== 'Escape' && !shortcutsOn()) return
      if (document.querySelector('dialog[open]')) return
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!act) return
      event.preventDefault()
      act(event)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
