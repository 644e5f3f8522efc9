import { type EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'

/** What was understood of a line, in words; `asks` when something is not clear. */
export interface LineReading {
  readonly quote: string
  readonly words: string
  readonly asks: boolean
}

/** Stands under its line and is no part of the text. */
class Read extends WidgetType {
  readonly reading: LineReading
  constructor(reading: LineReading) {
    super()
    this.reading = reading
  }
  override eq({ reading }: Read): boolean {
    return reading.words === this.reading.words
  }
  override toDOM(): HTMLElement {
    const read = document.createElement('span')
    read.className = this.reading.asks ? 'read asks' : 'read'
    read.textContent = this.reading.words
    return read
  }
}

export const showReadings = StateEffect.define<readonly LineReading[]>()

interface Shown {
  readonly readings: ReadonlyMap<string, LineReading>
  readonly drawn: DecorationSet
}

/** Only under a line that still says what was read. */
const draw = ({ doc }: EditorState, readings: Shown['readings']): DecorationSet => {
  const found = new RangeSetBuilder<Decoration>()
  if (readings.size > 0)
    for (let number = 1; number <= doc.lines; number++) {
      const line = doc.line(number)
      const reading = readings.get(line.text.trim())
      if (reading) found.add(line.to, line.to, Decoration.widget({ widget: new Read(reading), side: 2 }))
    }
  return found.finish()
}

export const readings = StateField.define<Shown>({
  create: () => ({ readings: new Map(), drawn: Decoration.none }),
  update(shown, change) {
    const told = change.effects.find(effect => effect.is(showReadings))
    if (!told && !change.docChanged) return shown
    const known = told ? new Map(told.value.map(reading => [reading.quote, reading])) : shown.readings
    return { readings: known, drawn: draw(change.state, known) }
  },
  provide: field => EditorView.decorations.from(field, ({ drawn }) => drawn),
})
