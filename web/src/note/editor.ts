import { defaultKeymap } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import { UndoManager } from 'yjs'
import { boxes, headings, toggleBox } from './boxes.ts'
import { carets, type NamedPlace, showCarets } from './carets.ts'
import { look } from './look.ts'
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
  const { text, cursors, moved } = room
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
  if (text.length === 0) view.focus()
  return {
    standing: room.standing,
    view,
    close() {
      stopMoving()
      view.destroy()
      undoManager.destroy()
      room.close()
    },
  }
}
export type Editor = Awaited<ReturnType<typeof openEditor>>
