import type { PairView } from '../../../../src/domain/api/pairs.ts'
import type { SearchAnswer } from '../../../../src/domain/api/search.ts'
import { dueWords, firstName, shortDay } from '../../format.ts'
import { address } from '../../route.ts'
import { OnlyYou } from '../signs.tsx'

export type Place = SearchAnswer['places'][number]

/** The words looked for, marked where they stand. */
const Marked = ({ place }: { place: Place }) => {
  let at = 0
  const parts = place.highlights.flatMap(([from, to]) => {
    const before = place.text.slice(at, from)
    at = to
    return [
      before,
      <mark class="on" key={from}>
        {place.text.slice(from, to)}
      </mark>,
    ]
  })
  return (
    <>
      {parts}
      {place.text.slice(at)}
    </>
  )
}

/** Where a place stands: its line where it was said, else the page it is kept on. */
export const hrefOf = ({ kind, pair, meeting, transcript, fromLine }: Place): string => {
  if (transcript) return address.review(pair, transcript, fromLine ?? undefined)
  if (kind === 'feedback') return address.feedback(pair)
  if (kind === 'promise') return address.promises(pair)
  if (kind === 'roadblock') return address.roadblocks(pair)
  if (!meeting) return address.pair(pair)
  return kind === 'note' || kind === 'decision' ? address.after(pair, meeting) : address.before(pair, meeting)
}

export const kindWords: Readonly<Record<Place['kind'], string>> = {
  transcript: 'Transcript',
  note: 'Note',
  'own-note': 'Own note',
  promise: 'Promise',
  decision: 'Decision',
  roadblock: 'Roadblock',
  feedback: 'Feedback',
  agenda: 'Agenda',
}

const stateWords = ({ kind, state, due }: Place): string | null => {
  if (kind === 'roadblock') return state
  if (kind !== 'promise') return null
  if (state === 'open') return dueWords(due).words.toLowerCase()
  return state === 'done' ? 'kept' : 'dropped'
}

/** "Promise, Maren, 7 days late" */
const whereWords = (place: Place, pair: PairView | undefined): string => {
  const person = [pair?.manager, pair?.report].find(one => one?.id === place.person)
  return [kindWords[place.kind], person && firstName(person.name), stateWords(place)]
    .filter(Boolean)
    .join(', ')
}

/** A place: what kind, the words, when and in which line. */
export const Hit = ({
  place,
  pair,
  no,
  isHere,
  withWhom,
}: {
  place: Place
  pair: PairView | undefined
  no: number
  isHere: boolean
  /** Said where places of several 1:1s stand together. */
  withWhom: string | null
}) => {
  const isOwn = place.kind === 'own-note'
  return (
    <li id={`place-${no}`} class={`hit${isOwn ? ' mine' : ''}${isHere ? ' here' : ''}`}>
      <div class={isOwn ? 'private' : undefined}>
        <p class="small quiet where">
          {isOwn ? <OnlyYou>Your own note. Only you find this.</OnlyYou> : whereWords(place, pair)}
        </p>
        <p class="said mid">
          <a href={hrefOf(place)}>
            <Marked place={place} />
          </a>
        </p>
        <p class="small quiet">
          {shortDay(place.at)}
          {place.fromLine ? `, line ${place.fromLine}` : ''}
          {withWhom && `, with ${withWhom}`}
        </p>
      </div>
    </li>
  )
}
