import { useEffect, useState } from 'preact/hooks'
import type { MeetingView } from '../../src/domain/api/pairs.ts'
import { type Tense, tenseOf } from './format.ts'

/** Addresses of the page: plain paths, told apart here and nowhere else. */
export type Route =
  | {
      readonly screen: 'home' | 'new-pair' | 'old-transcripts' | 'people' | 'settings' | 'account' | 'unknown'
    }
  | { readonly screen: 'link'; readonly kind: 'welcome' | 'join' | 'recover' }
  | {
      readonly screen:
        | 'pair'
        | 'promises'
        | 'roadblocks'
        | 'feedback'
        | 'growth'
        | 'brief'
        | 'rhythm'
        | 'mirror'
        | 'search'
        | 'about'
      readonly pair: string
    }
  | { readonly screen: 'draft'; readonly pair: string; readonly draft: string }
  | { readonly screen: Tense; readonly pair: string; readonly meeting: string }
  | { readonly screen: 'roadblock'; readonly pair: string; readonly roadblock: string }
  | { readonly screen: 'review'; readonly pair: string; readonly transcript: string }

const pairScreens = {
  undefined: 'pair',
  promises: 'promises',
  feedback: 'feedback',
  growth: 'growth',
  rhythm: 'rhythm',
  roadblocks: 'roadblocks',
  brief: 'brief',
  mirror: 'mirror',
  search: 'search',
  about: 'about',
} as const

export const routeOf = (path: string): Route => {
  const [first, second, third, fourth, fifth] = path.split('/').filter(Boolean)
  if (first === undefined) return { screen: 'home' }
  if (first === 'welcome' || first === 'join' || first === 'recover') return { screen: 'link', kind: first }
  if (first === 'new') return { screen: 'new-pair' }
  if (first === 'transcripts') return { screen: 'old-transcripts' }
  if (first === 'people' || first === 'settings' || first === 'account') return { screen: first }
  if (first !== 'with' || second === undefined) return { screen: 'unknown' }
  if (third === 'meeting' && fourth && (fifth === 'before' || fifth === 'during' || fifth === 'after'))
    return { screen: fifth, pair: second, meeting: fourth }
  if (third === 'feedback' && fourth) return { screen: 'draft', pair: second, draft: fourth }
  if (third === 'roadblocks' && fourth) return { screen: 'roadblock', pair: second, roadblock: fourth }
  if (third === 'transcript' && fourth) return { screen: 'review', pair: second, transcript: fourth }
  const screen = pairScreens[String(third) as keyof typeof pairScreens]
  return screen ? { screen, pair: second } : { screen: 'unknown' }
}

const listeners = new Set<() => void>()
const tell = () => listeners.forEach(listener => listener())
addEventListener('popstate', tell)

/** Goes to another page of ours; focus moves to its heading (see `useHeading`). */
export const go = (path: string, replace = false): void => {
  history[replace ? 'replaceState' : 'pushState'](null, '', path)
  scrollTo(0, 0)
  tell()
}

export const useRoute = (): Route => {
  const [route, setRoute] = useState(() => routeOf(location.pathname))
  useEffect(() => {
    const update = () => setRoute(routeOf(location.pathname))
    listeners.add(update)
    return () => void listeners.delete(update)
  }, [])
  return route
}

/** Plain links of ours stay in the page; with a modifier key the browser does what it always does. */
export const followLinks = (event: MouseEvent): void => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target !== '') return
  if (link.origin !== location.origin || link.pathname.startsWith('/api')) return
  if (link.pathname === location.pathname && link.hash !== '') return
  event.preventDefault()
  go(link.pathname + link.search + link.hash)
}

export const address = {
  pair: (pair: string) => `/with/${pair}`,
  promises: (pair: string) => `/with/${pair}/promises`,
  feedback: (pair: string) => `/with/${pair}/feedback`,
  draft: (pair: string, draft: string) => `/with/${pair}/feedback/${draft}`,
  growth: (pair: string) => `/with/${pair}/growth`,
  rhythm: (pair: string) => `/with/${pair}/rhythm`,
  roadblocks: (pair: string) => `/with/${pair}/roadblocks`,
  roadblock: (pair: string, roadblock: string) => `/with/${pair}/roadblocks/${roadblock}`,
  brief: (pair: string) => `/with/${pair}/brief`,
  mirror: (pair: string) => `/with/${pair}/mirror`,
  search: (pair: string) => `/with/${pair}/search`,
  about: (pair: string) => `/with/${pair}/about`,
  before: (pair: string, meeting: string) => `/with/${pair}/meeting/${meeting}/before`,
  during: (pair: string, meeting: string) => `/with/${pair}/meeting/${meeting}/during`,
  after: (pair: string, meeting: string) => `/with/${pair}/meeting/${meeting}/after`,
  /** A meeting's page that is right by the clock. */
  meeting: (meeting: MeetingView) => `/with/${meeting.pair}/meeting/${meeting.id}/${tenseOf(meeting)}`,
  review: (pair: string, transcript: string, line?: number) =>
    `/with/${pair}/transcript/${transcript}${line === undefined ? '' : `#l${line}`}`,
}
