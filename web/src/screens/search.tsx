import { useEffect, useRef, useState } from 'preact/hooks'
import type { PairPage } from '../../../src/domain/api/pairs.ts'
import type { SearchAnswer } from '../../../src/domain/api/search.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure, post, sentence } from '../api.ts'
import { countWords, shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Icon } from '../parts/icon.tsx'
import { NothingHere, OnlyYou, Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'

type Place = SearchAnswer['places'][number]

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

const hrefOf = (pair: string, place: Place): string =>
  place.transcript
    ? address.review(pair, place.transcript, place.fromLine ?? undefined)
    : address[place.kind === 'note' ? 'after' : 'before'](pair, place.meeting)

const sourceWords = { transcript: 'Transcript', note: 'Note' } as const

const restAfter = 200

/** Find it again: results replace in place while typing; arrows go through them, the focus stays. */
export const Search = ({ me, onSignedOut, pair }: ScreenProps & { pair: string }) => {
  const page = useLoaded<PairPage>(`/pairs/${pair}`)
  const [query, setQuery] = useState('')
  const [answer, setAnswer] = useState<SearchAnswer>()
  const [error, setError] = useState<string>()
  const [at, setAt] = useState(-1)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    setAt(-1)
    if (query.trim() === '') return setAnswer(undefined)
    let mine = true
    const timer = setTimeout(() => {
      post<SearchAnswer>(`/pairs/${pair}/search`, { query, limit: 20 }).then(
        found => {
          if (!mine) return
          setAnswer(found)
          setError(undefined)
        },
        (failure: unknown) => mine && setError(sentence(failure)),
      )
    }, restAfter)
    return () => {
      mine = false
      clearTimeout(timer)
    }
  }, [query, pair])
  if (page.error instanceof ApiFailure && page.error.status === 404) return <NothingHere />
  const places = answer?.places ?? []
  const onKey = (event: KeyboardEvent) => {
    const place = places[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, places.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, -1))
    else if (event.key === 'Enter' && place) go(hrefOf(pair, place))
    else if (event.key === 'Escape') history.back()
    else return
    event.preventDefault()
  }
  return (
    <>
      <Bar me={me} pair={page.value?.pair} section="search" onSignedOut={onSignedOut} />
      <main class="spread single" id="page">
        <div class="sheet">
          <div class="vh">
            <Title title="Search">Search</Title>
          </div>
          <form role="search" class="seek" onSubmit={event => event.preventDefault()}>
            <Icon name="search" />
            <input
              ref={field}
              class="seek-in said"
              type="search"
              aria-label="Search in your 1:1"
              aria-controls="places"
              aria-activedescendant={places[at] ? `place-${at}` : undefined}
              value={query}
              onInput={event => setQuery(event.currentTarget.value)}
              onKeyDown={onKey}
            />
          </form>
          <p class="small quiet found" role="status">
            {error ??
              (answer
                ? places.length === 0
                  ? 'Nothing found. Try fewer words.'
                  : `${countWords(places.length, 'place', 'places')}, the closest first`
                : 'Words from a transcript, from what you both wrote, or from your own notes.')}
          </p>
          <ol class="hits" id="places">
            {places.map((place, index) => (
              <li
                key={place.id}
                id={`place-${index}`}
                class={`hit${place.kind === 'own-note' ? ' mine' : ''}${index === at ? ' here' : ''}`}
              >
                <div class={place.kind === 'own-note' ? 'private' : undefined}>
                  <p class="small quiet where">
                    {place.kind === 'own-note' ? (
                      <OnlyYou>Your own note. Only you find this.</OnlyYou>
                    ) : (
                      sourceWords[place.kind]
                    )}
                  </p>
                  <p class="said mid">
                    <a href={hrefOf(pair, place)}>
                      <Marked place={place} />
                    </a>
                  </p>
                  <p class="small quiet">
                    {shortDay(place.meetingAt)}
                    {place.fromLine ? `, line ${place.fromLine}` : ''}
                  </p>
                </div>
              </li>
            ))}
          </ol>
          {places.length > 0 && (
            <p class="small faint keys">
              <kbd>↓</kbd> <kbd>↑</kbd> through the places, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> back to
              where you were.
            </p>
          )}
        </div>
      </main>
      {page.value && <Dock pair={page.value.pair} section="search" />}
    </>
  )
}
