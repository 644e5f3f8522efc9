import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Finding } from '../../../src/domain/api/findings.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import type { LineView, Review } from '../../../src/domain/api/transcripts.ts'
import { post, sentence } from '../api.ts'
import { clock, firstName } from '../format.ts'
import { placesByLine, stretchesOf } from '../review-state.ts'
import { say } from '../say.ts'

interface Props {
  readonly pair: PairView
  readonly review: Review
  readonly findings: readonly Finding[]
  readonly current: Finding | undefined
  readonly onChoose: (finding: Finding) => void
  readonly onAdded: () => Promise<void>
}

interface Picked {
  readonly line: number
  readonly quote: string
  readonly top: number
  readonly left: number
}

const kinds = [
  ['action-item', 'Promise'],
  ['decision', 'Decision'],
  ['roadblock', 'Roadblock'],
] as const

const nameOf = (pair: PairView, line: LineView): string => {
  if (line.person === pair.manager.id) return firstName(pair.manager.name)
  if (line.person === pair.report.id) return firstName(pair.report.name)
  return line.speaker ?? ''
}

/** The words marked in one line, by mouse or by Shift and arrows; null when they reach over several. */
const pickedIn = (pane: HTMLElement): Picked | null => {
  const selection = getSelection()
  const quote = selection?.toString().trim() ?? ''
  if (!selection || selection.rangeCount === 0 || quote.length < 3) return null
  const range = selection.getRangeAt(0)
  const lineOf = (node: Node) =>
    (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('.line p')
  const start = lineOf(range.startContainer)
  if (!start || start !== lineOf(range.endContainer) || !pane.contains(start)) return null
  const number = Number(start.closest('.line')?.id.slice(1))
  const box = range.getBoundingClientRect()
  const origin = pane.getBoundingClientRect()
  return { line: number, quote, top: box.bottom - origin.top + 6, left: Math.max(0, box.left - origin.left) }
}

/** The transcript: real text with the evidence marked in place, the chosen finding's in full marker. */
export const TranscriptPane = ({ pair, review, findings, current, onChoose, onAdded }: Props) => {
  const pane = useRef<HTMLElement>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [whole, showWhole] = useState(false)
  const places = useMemo(() => placesByLine(review.lines, findings), [review, findings])
  const at = current?.evidence[0]?.line

  useEffect(() => {
    if (at === undefined || location.hash !== '') return
    const line = document.getElementById(`l${at}`)
    const box = line?.getBoundingClientRect()
    if (box && (box.top < 80 || box.bottom > innerHeight - 80)) line?.scrollIntoView({ block: 'center' })
  }, [at, current?.id])
  useEffect(() => {
    const listen = () => setPicked(pane.current && pickedIn(pane.current))
    document.addEventListener('selectionchange', listen)
    return () => document.removeEventListener('selectionchange', listen)
  }, [])

  const add = async (kind: (typeof kinds)[number][0], words: string) => {
    if (!picked) return
    const line = review.lines.find(({ no }) => no === picked.line)
    try {
      await post(`/pairs/${pair.id}/findings`, {
        meeting: review.transcript.meeting,
        transcript: review.transcript.id,
        kind,
        text: picked.quote.slice(0, 300),
        owner: kind === 'action-item' ? (line?.person ?? null) : null,
        evidence: [
          {
            line: picked.line,
            quote:
              line && line.text.includes(picked.quote) ? picked.quote : picked.quote.replaceAll(/\s+/g, ' '),
          },
        ],
      })
      getSelection()?.removeAllRanges()
      setPicked(null)
      say(`${words} added. Open it under “settled” to change its words.`)
      await onAdded()
    } catch (failure) {
      say(sentence(failure))
    }
  }
  return (
    <section class="transcript" aria-labelledby="transcript-title" tabIndex={0} ref={pane}>
      <div class="head tight">
        <h2 id="transcript-title">Transcript</h2>
        <p class="small quiet">{review.transcript.fileName}</p>
      </div>
      <ol class="lines said">
        {review.lines.map(line => {
          const when = clock(line.start)
          return (
            <li
              class={`line${line.no === at ? ' at' : ''}${!whole && isFar(line.no, at) ? ' far' : ''}`}
              id={`l${line.no}`}
              key={line.no}
              tabIndex={-1}
            >
              <span class="no">{line.no}</span>
              <span class="name">
                {nameOf(pair, line)}
                {when && <time class="vh">, at {when}</time>}
              </span>
              <p>
                {stretchesOf(line.text, places.get(line.no) ?? []).map((stretch, index) => {
                  if (stretch.finding === null) return stretch.text
                  const finding = findings.find(({ id }) => id === stretch.finding)
                  return (
                    <>
                      <mark
                        key={index}
                        class={stretch.finding === current?.id ? 'on' : ''}
                        onClick={() => finding && getSelection()?.isCollapsed && onChoose(finding)}
                      >
                        <Due text={stretch.text} phrase={finding?.duePhrase ?? null} />
                      </mark>
                      <sup class="n">{stretch.number}</sup>
                    </>
                  )
                })}
              </p>
            </li>
          )
        })}
      </ol>
      {at !== undefined && (
        <p class="row hang">
          <button class="b plain whole" type="button" aria-expanded={whole} onClick={() => showWhole(!whole)}>
            {whole ? 'Only the lines around it' : 'Show the whole transcript'}
          </button>
        </p>
      )}
      {picked && (
        <div class="pop-place" style={{ top: `${picked.top}px`, left: `${picked.left}px` }}>
          <div class="pop" role="toolbar" aria-label="Add the marked words">
            {kinds.map(([kind, words]) => (
              <button
                key={kind}
                class="b plain tiny"
                type="button"
                onMouseDown={event => event.preventDefault()}
                onClick={() => void add(kind, words)}
              >
                {words}
              </button>
            ))}
          </div>
        </div>
      )}
    </section>
  )
}

/** Lines that a narrow window leaves out: all but the quoted one and two on either side. */
const isFar = (line: number, at: number | undefined) => at !== undefined && Math.abs(line - at) > 2

/** The words the date came from are underlined. */
const Due = ({ text, phrase }: { text: string; phrase: string | null }) => {
  const from = phrase ? text.toLowerCase().indexOf(phrase.toLowerCase()) : -1
  if (!phrase || from < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, from)}
      <span class="due">{text.slice(from, from + phrase.length)}</span>
      {text.slice(from + phrase.length)}
    </>
  )
}
