import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { Place } from './cursors.ts'

export interface NamedPlace extends Place {
  readonly name: string
}

/** The other's caret: it stands still and carries the name. */
class Caret extends WidgetType {
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  override eq(other: Caret): boolean {
    return other.name === this.name
  }
  override toDOM(): HTMLElement {
    const caret = document.createElement('span')
    caret.className = 'caret'
    // Whose typing it is is not read out while one writes.
    caret.setAttribute('aria-hidden', 'true')
    const name = document.createElement('b')
    name.textContent = this.name
    caret.append(name)
    return caret
  }
}

export const showCarets = StateEffect.define<readonly NamedPlace[]>()

export const carets = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(drawn, change) {
    const shown = change.effects.find(effect => effect.is(showCarets))
    if (!shown) return drawn.map(change.changes)
    const { length } = change.state.doc
    const marks = shown.value.flatMap(({ anchor, head, name }) => {
      const [from, to] = [Math.min(anchor, head, length), Math.min(Math.max(anchor, head), length)]
      const caret = Decoration.widget({ widget: new Caret(name), side: 1 }).range(Math.min(head, length))
      return from === to ? [caret] : [Decoration.mark({ class: 'chosen' }).range(from, to), caret]
    })
    return Decoration.set(marks, true)
  },
  provide: field => EditorView.decorations.from(field),
})
