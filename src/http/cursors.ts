import type { CursorNumbers } from '../domain/api/live.ts'
import type { Bus } from '../domain/ports.ts'

/** A hand moves some ten times a second; what is more is left out, and nothing is lost by it. */
const mostMoves = 30

interface Cursor {
  readonly pair: string
  readonly meeting: string
  readonly at: CursorNumbers | null
}

/** The cursors of one window in shared notes: places and whose they are, told to the pair and kept nowhere. */
export const cursorsOf = (person: string, bus: Bus) => {
  let last: Cursor | null = null
  let second = 0
  let moves = 0

  const tell = ({ pair, meeting, at }: Cursor) =>
    void bus
      .publish({
        channel: 'note',
        pair,
        id: meeting,
        by: person,
        event: at ? 'cursor' : 'left',
        ...(at ? { numbers: at } : {}),
      })
      // A cursor that is not seen is no harm.
      .catch(() => undefined)

  return {
    move(cursor: Cursor) {
      const now = Math.floor(performance.now() / 1_000)
      if (now !== second) moves = 0
      second = now
      moves += 1
      if (moves > mostMoves) return
      last = cursor.at === null ? null : cursor
      tell(cursor)
    },
    /** The window is gone, and its cursor with it. */
    leave() {
      if (last) tell({ ...last, at: null })
      last = null
    },
  }
}
