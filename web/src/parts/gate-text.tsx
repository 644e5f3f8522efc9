import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { GateMark } from '../../../src/domain/api/feedback.ts'

/** The place of a unit in the text nodes of a box. */
const placeIn = (box: HTMLElement, at: number): [Node, number] => {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  let left = at
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0
    if (left <= length) return [node, left]
    left -= length
  }
  return [box, box.childNodes.length]
}

const rangeOf = (box: HTMLElement, { start, end }: GateMark): Range => {
  const range = document.createRange()
  range.setStart(...placeIn(box, start))
  range.setEnd(...placeIn(box, end))
  return range
}

interface Props {
  readonly text: string
  readonly marks: readonly GateMark[]
  readonly labelledBy: string
  readonly describedBy: string
  readonly onText: (text: string) => void
}

/**
 * Words as they come, with what the gate marks drawn over them: highlights lie on the text and never change it.
 * F8 goes to the next mark.
 */
export const GateText = ({ text, marks, labelledBy, describedBy, onText }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  // What one types is in the box already; only words from elsewhere are written into it. Before anything else
  // happens: after the paint the box may be a letter ahead, and older words would be written over it.
  useLayoutEffect(() => {
    if (box.current && box.current.textContent !== text) box.current.textContent = text
  }, [text])
  useEffect(() => {
    if (!box.current || !('highlights' in CSS)) return
    const there = box.current.textContent ?? ''
    const standing = marks.filter(({ start, end, words }) => there.slice(start, end) === words)
    CSS.highlights.set('gate', new Highlight(...standing.map(mark => rangeOf(box.current!, mark))))
    return () => void CSS.highlights.delete('gate')
  }, [text, marks])
  const nextMark = () => {
    const selection = getSelection()
    const at = box.current
    if (!selection || !at || marks.length === 0) return
    const from =
      selection.rangeCount > 0 && at.contains(selection.anchorNode) ? selection.getRangeAt(0) : null
    const next = marks
      .map(mark => rangeOf(at, mark))
      .find(range => from === null || range.compareBoundaryPoints(Range.START_TO_START, from) > 0)
    selection.removeAllRanges()
    selection.addRange(next ?? rangeOf(at, marks[0]!))
  }
  return (
    <div
      ref={box}
      class="in said words"
      role="textbox"
      aria-multiline="true"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      contentEditable="plaintext-only"
      tabIndex={0}
      onInput={event => onText(event.currentTarget.textContent ?? '')}
      onKeyDown={event => {
        if (event.key !== 'F8') return
        event.preventDefault()
        nextMark()
      }}
    />
  )
}
