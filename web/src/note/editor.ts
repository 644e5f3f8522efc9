import { defaultKeymap } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import { UndoManager } from 'yjs'
import type { NotePromise } from '../../../src/domain/api/notes.ts'
import { longDay } from '../format.ts'
import { boxes, headings, toggleBox } from './boxes.ts'
import { carets, type NamedPlace, showCarets } from './carets.ts'
import { look } from './look.ts'
import { type LineReading, readings, showReadings } from './readings.ts'
import { openRoom } from './room.ts'

export interface EditorWish {
  readonly host: HTMLElement
  readonly pair: string
  readonly meeting: string
  readonly me: string
  /** First names by person. */
  readonly names: ReadonlyMap<string, string>
}

/**
 * The editor of a shared note in a shadow root: there its style sheets are adopted as objects, which the
 * page's content policy allows and a style element it does not. Loaded when it is needed, with Yjs.
 *
 * @throws ApiFailure when the note cannot be read.
 */
export const openEditor = async ({ host, pair, meeting, me, names }: EditorWish) => {
  const room = await openRoom(pair, meeting, me)
  const { text, cursors, moved, promises } = room
  const undoManager = new UndoManager(text)
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text.toJSON(),
      extensions: [
        // A line ends where the text says so, also in what another program wrote.
        EditorState.lineSeparator.of('\n'),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': 'Note',
          spellcheck: 'true',
          autocapitalize: 'sentences',
        }),
        yCollab(text, null, { undoManager }),
        keymap.of([{ key: 'Mod-Enter', run: toggleBox }, ...yUndoManagerKeymap, ...defaultKeymap]),
        boxes,
        headings,
        carets,
        readings,
        look,
        EditorView.updateListener.of(update => {
          if (!update.selectionSet && !update.docChanged) return
          const { anchor, head } = update.state.selection.main
          cursors.move({ anchor, head })
        }),
      ],
    }),
  })
  const showOthers = () => {
    const places = [...cursors.places()].map(([person, place]): NamedPlace => ({
      ...place,
      name: names.get(person) ?? '',
    }))
    view.dispatch({ effects: showCarets.of(places) })
  }
  const stopMoving = moved.watch(showOthers)
  showOthers()
  const showPromises = () =>
    view.dispatch({ effects: showReadings.of(promises.get().map(promise => readingOf(promise, names))) })
  const stopReading = promises.watch(showPromises)
  showPromises()
  if (text.length === 0) view.focus()
  return {
    standing: room.standing,
    view,
    close() {
      stopMoving()
      stopReading()
      view.destroy()
      undoManager.destroy()
      room.close()
    },
  }
}

/** "Promise: Maren, Friday 27 November"; what is not clear is asked in its place. */
const readingOf = (
  { quote, owner, due, state }: NotePromise,
  names: ReadonlyMap<string, string>,
): LineReading => {
  const who = (owner && names.get(owner)) ?? null
  if (state === 'dismissed' || state === 'dropped')
    return { quote, words: state === 'dropped' ? 'Dropped' : 'Not a promise', asks: false }
  const parts = [who ?? 'Who?', due ? longDay(due) : 'When?']
  return {
    quote,
    words: `${state === 'done' ? 'Kept' : 'Promise'}: ${state === 'done' ? (who ?? 'nobody was named') : parts.join(', ')}`,
    asks: state !== 'done' && (who === null || due === null),
  }
}
export type Editor = Awaited<ReturnType<typeof openEditor>>
