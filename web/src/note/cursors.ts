import * as Y from 'yjs'
import type { CursorNumbers, LiveMessage } from '../../../src/domain/api/live.ts'
import { sendLive } from '../live.ts'

/** Where somebody's cursor stands, in units of the text. */
export interface Place {
  readonly anchor: number
  readonly head: number
}

const rest = 100
/** Said again that often, so that who comes later sees it; not heard for longer, it is gone. */
const again = 20_000
const longestSilence = 50_000

const atEnd = -1
const numbersOf = (text: Y.Text, index: number): readonly [client: number, clock: number] => {
  const { item } = Y.createRelativePositionFromTypeIndex(text, index)
  return item ? [item.client, item.clock] : [atEnd, atEnd]
}

/** Null while the character it stands at has not arrived. */
const indexOf = (text: Y.Text, client: number, clock: number): number | null => {
  if (client === atEnd) return text.length
  const position = Y.createRelativePositionFromJSON({ item: { client, clock }, assoc: 0 })
  return text.doc ? (Y.createAbsolutePositionFromRelativePosition(position, text.doc)?.index ?? null) : null
}

/** The cursors of a note: mine is told, the other's is shown. */
export const openCursors = (
  { pair, meeting, me }: { readonly pair: string; readonly meeting: string; readonly me: string },
  text: Y.Text,
  onMove: () => void,
) => {
  let mine: Place = { anchor: 0, head: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined
  const others = new Map<string, { readonly at: CursorNumbers; readonly heard: number }>()

  const tell = () => {
    clearTimeout(timer)
    const [anchorClient, anchorClock] = numbersOf(text, Math.min(mine.anchor, text.length))
    const [headClient, headClock] = numbersOf(text, Math.min(mine.head, text.length))
    sendLive({ cursor: { pair, meeting, at: { anchorClient, anchorClock, headClient, headClock } } })
  }
  const beat = setInterval(() => {
    tell()
    for (const [person, { heard }] of others)
      if (Date.now() - heard > longestSilence) {
        others.delete(person)
        onMove()
      }
  }, again)

  return {
    tell,
    move(place: Place) {
      mine = place
      clearTimeout(timer)
      timer = setTimeout(tell, rest)
    },
    hear({ by, event, numbers }: LiveMessage) {
      if (!by || by === me) return
      if (event === 'left') others.delete(by)
      else if (numbers) {
        if (!others.has(by)) tell()
        others.set(by, { at: numbers as CursorNumbers, heard: Date.now() })
      }
      onMove()
    },
    /** By person; those whose place is not known here yet are left out. */
    places: (): ReadonlyMap<string, Place> =>
      new Map(
        [...others].flatMap(([person, { at }]) => {
          const anchor = indexOf(text, at.anchorClient, at.anchorClock)
          const head = indexOf(text, at.headClient, at.headClock)
          return anchor === null || head === null ? [] : [[person, { anchor, head }] as const]
        }),
      ),
    isSomebodyHere: () => others.size > 0,
    close() {
      clearTimeout(timer)
      clearInterval(beat)
      sendLive({ cursor: { pair, meeting, at: null } })
    },
  }
}
