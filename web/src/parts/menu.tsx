import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface Props {
  readonly className: string
  readonly label: string
  readonly face: ComponentChildren
  readonly children: ComponentChildren
}

/** A button that opens a list. Escape, a press outside and Tab out of it close it; after Escape the focus is back. */
export const Menu = ({ className, label, face, children }: Props) => {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    box.current?.querySelector<HTMLElement>('a, button, input')?.focus()
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return
      if (event instanceof PointerEvent && box.current?.parentElement?.contains(event.target as Node)) return
      setOpen(false)
      if (event instanceof KeyboardEvent) button.current?.focus()
    }
    addEventListener('keydown', close)
    addEventListener('pointerdown', close)
    return () => {
      removeEventListener('keydown', close)
      removeEventListener('pointerdown', close)
    }
  }, [open])
  /** Going on by Tab leaves no list open over what comes next. */
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && !box.current?.parentElement?.contains(relatedTarget)) setOpen(false)
  }
  return (
    <div class="menu-box" onFocusOut={leave}>
      <button
        ref={button}
        class={className}
        type="button"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <div
          class="menu"
          ref={box}
          onClick={event =>
            event.target instanceof Element && event.target.closest('a, button.menu-row') && setOpen(false)
          }
        >
          {children}
        </div>
      )}
    </div>
  )
}
