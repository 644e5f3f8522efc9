import { type EditorState, RangeSetBuilder, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'

/** `[ ]` and `[x]` at the beginning of a line. */
const boxed = /^(\s*(?:[-*•]\s+)?)(\[[ xX]?\])(?=\s|$)/u

/** A box to tick in the place of its characters; they show while the cursor stands among them. */
class Box extends WidgetType {
  readonly isTicked: boolean
  constructor(isTicked: boolean) {
    super()
    this.isTicked = isTicked
  }
  override eq(other: Box): boolean {
    return other.isTicked === this.isTicked
  }
  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.className = 'box'
    box.checked = this.isTicked
    box.setAttribute('aria-label', this.isTicked ? 'Kept' : 'Not kept yet')
    // The text decides; the box follows it.
    box.addEventListener('click', event => {
      event.preventDefault()
      toggleAt(view, view.posAtDOM(box))
    })
    return box
  }
  override ignoreEvent(): boolean {
    return true
  }
}

const toggleAt = (view: EditorView, position: number): boolean => {
  const line = view.state.doc.lineAt(position)
  const [, before = '', box] = boxed.exec(line.text) ?? []
  if (box === undefined) return false
  const from = line.from + before.length
  const insert = box.toLowerCase() === '[x]' ? '[ ]' : '[x]'
  view.dispatch({ changes: { from, to: from + box.length, insert }, userEvent: 'input' })
  return true
}

/** Ticks the box of the line one is in. */
export const toggleBox = (view: EditorView): boolean => toggleAt(view, view.state.selection.main.head)

const lines = function* ({ doc }: EditorState) {
  for (let number = 1; number <= doc.lines; number++) yield doc.line(number)
}

const drawBoxes = (state: EditorState): DecorationSet => {
  const found = new RangeSetBuilder<Decoration>()
  const { from: start, to: end } = state.selection.main
  for (const line of lines(state)) {
    const [, before = '', box] = boxed.exec(line.text) ?? []
    if (box === undefined) continue
    const from = line.from + before.length
    const to = from + box.length
    found.add(line.from, line.from, Decoration.line({ class: 'task' }))
    if (end <= from || start >= to)
      found.add(from, to, Decoration.replace({ widget: new Box(box.toLowerCase() === '[x]') }))
  }
  return found.finish()
}

export const boxes = StateField.define<DecorationSet>({
  create: drawBoxes,
  update: (drawn, change) => (change.docChanged || change.selection ? drawBoxes(change.state) : drawn),
  provide: field => EditorView.decorations.from(field),
})

const drawHeadings = (state: EditorState): DecorationSet => {
  const found = new RangeSetBuilder<Decoration>()
  for (const line of lines(state))
    if (/^#{1,3}\s/u.test(line.text)) found.add(line.from, line.from, Decoration.line({ class: 'heading' }))
  return found.finish()
}

/** Lines that begin with #. */
export const headings = StateField.define<DecorationSet>({
  create: drawHeadings,
  update: (drawn, change) => (change.docChanged ? drawHeadings(change.state) : drawn),
  provide: field => EditorView.decorations.from(field),
})
