import { useEffect, useRef, useState } from 'preact/hooks'
import type { PairPage, PairRow } from '../../../src/domain/api/pairs.ts'
import type { SearchAnswer } from '../../../src/domain/api/search.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure, post, sentence } from '../api.ts'
import { countWords, firstName, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Icon } from '../parts/icon.tsx'
import { anything, Filters, type Narrowed, wishOf } from '../parts/search/filters.tsx'
import { Hit, hrefOf } from '../parts/search/hit.tsx'
import { NothingHere, Title } from '../parts/signs.tsx'
import { go } from '../route.ts'

const restAfter = 200

/** How many, and how they answer: in the words of the places and in no others. */
const foundWords = ({ places, question }: SearchAnswer): string => {
  if (places.length === 0) return 'Nothing found. Try fewer words, or any time.'
  const count = countWords(places.length, 'place', 'places')
  return question
    ? `${count} that may answer it, in the words that were said or written`
    : `${count}, the closest first`
}

/** Find it again: results replace in place while typing; arrows go through them, the focus stays. */
export const Search = ({ me, onSignedOut, pair }: ScreenProps & { pair: string }) => {
  const page = useLoaded<PairPage>(`/pairs/${pair}`)
  const { value: all } = useLoaded<{ pairs: PairRow[] }>('/pairs')
  const [narrowed, setNarrowed] = useState<Narrowed>(anything)
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
      const path = narrowed.all ? '/search' : `/pairs/${pair}/search`
      post<SearchAnswer>(path, { query, limit: 20, ...wishOf(narrowed) }).then(
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
  }, [query, pair, narrowed])
  if (page.error instanceof ApiFailure && page.error.status === 404) return <NothingHere />
  const places = answer?.places ?? []
  const onKey = (event: KeyboardEvent) => {
    const place = places[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, places.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, -1))
    else if (event.key === 'Enter' && place) go(hrefOf(place))
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
          {page.value && (
            <Filters
              pair={page.value.pair}
              narrowed={narrowed}
              change={part => setNarrowed({ ...narrowed, ...part })}
            />
          )}
          <p class="small quiet found" role="status">
            {error ??
              (answer
                ? foundWords(answer)
                : 'Words, or a question: from a transcript, what you both wrote, promises, decisions, roadblocks, feedback, agendas, or your own notes.')}
          </p>
          <ol class="hits" id="places">
            {places.map((place, index) => {
              const of = all?.pairs.find(row => row.pair.id === place.pair)?.pair ?? page.value?.pair
              return (
                <Hit
                  key={place.id}
                  place={place}
                  pair={of}
                  no={index}
                  isHere={index === at}
                  withWhom={narrowed.all && of ? firstName(otherOf(of).name) : null}
                />
              )
            })}
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
