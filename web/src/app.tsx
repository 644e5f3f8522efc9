import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Me } from '../../src/domain/api/account.ts'
import { ApiFailure, get, whenSignedOut } from './api.ts'
import { back, goOn } from './connection.ts'
import { arrive, leave, onOthersHere } from './here.ts'
import { useKeys } from './keys.ts'
import { CoachBanner } from './parts/coach-banner.tsx'
import { ConnectionBanner } from './parts/connection-banner.tsx'
import { NothingHere, Plate } from './parts/signs.tsx'
import { SignInAgain } from './parts/sign-in-again.tsx'
import { Toast } from './parts/toast.tsx'
import { type Route, useRoute } from './route.ts'
import { undoLast } from './say.ts'
import { isNobodySignedIn } from './signed-in.ts'
import type { ScreenProps } from './screen.ts'
import { AboutPair } from './screens/about-pair.tsx'
import { Account } from './screens/account.tsx'
import { Compose } from './screens/compose.tsx'
import { Feedback } from './screens/feedback.tsx'
import { Growth } from './screens/growth.tsx'
import { BriefPage } from './screens/brief.tsx'
import { Home } from './screens/home.tsx'
import { LinkDoor } from './screens/link-door.tsx'
import { Meeting } from './screens/meeting.tsx'
import { Mirror } from './screens/mirror.tsx'
import { NewPair } from './screens/new-pair.tsx'
import { OldTranscripts } from './screens/old-transcripts.tsx'
import { PairDoor } from './screens/pair-door.tsx'
import { People } from './screens/people.tsx'
import { Promises } from './screens/promises.tsx'
import { Roadblock } from './screens/roadblock.tsx'
import { Roadblocks } from './screens/roadblocks.tsx'
import { Review } from './screens/review.tsx'
import { Rhythm } from './screens/rhythm.tsx'
import { Search } from './screens/search.tsx'
import { Settings } from './screens/settings.tsx'
import { SignIn } from './screens/sign-in.tsx'

const Screen = ({ route, ...props }: ScreenProps & { route: Route; onMe: (me: Me) => void }) => {
  switch (route.screen) {
    case 'home':
      return <Home {...props} />
    case 'new-pair':
      return <NewPair {...props} />
    case 'old-transcripts':
      return <OldTranscripts {...props} />
    case 'people':
      return <People {...props} />
    case 'settings':
      return <Settings {...props} />
    case 'account':
      return <Account {...props} />
    case 'pair':
      return <PairDoor {...props} pair={route.pair} />
    case 'promises':
      return <Promises {...props} pair={route.pair} />
    case 'feedback':
      return <Feedback {...props} pair={route.pair} />
    case 'draft':
      return <Compose key={route.draft} {...props} pair={route.pair} draft={route.draft} />
    case 'growth':
      return <Growth {...props} pair={route.pair} />
    case 'rhythm':
      return <Rhythm {...props} pair={route.pair} />
    case 'roadblocks':
      return <Roadblocks {...props} pair={route.pair} />
    case 'roadblock':
      return <Roadblock {...props} pair={route.pair} roadblock={route.roadblock} />
    case 'brief':
      return <BriefPage {...props} pair={route.pair} />
    case 'mirror':
      return <Mirror {...props} pair={route.pair} />
    case 'search':
      return <Search {...props} pair={route.pair} />
    case 'about':
      return <AboutPair {...props} pair={route.pair} />
    case 'before':
    case 'during':
    case 'after':
      return <Meeting {...props} pair={route.pair} meeting={route.meeting} tense={route.screen} />
    case 'review':
      return <Review {...props} pair={route.pair} transcript={route.transcript} />
    default:
      return <NothingHere />
  }
}

/** Who is here decides what there is; a session that ends while somebody works asks again in place. */
export const App = () => {
  const route = useRoute()
  const [me, setMe] = useState<Me | null | undefined>(undefined)
  const [again, setAgain] = useState(false)
  const [error, setError] = useState<unknown>(undefined)
  const look = useCallback(() => {
    setError(undefined)
    get<Me>('/session').then(
      found => {
        arrive(found.person.id)
        setMe(found)
      },
      (failure: unknown) => {
        if (failure instanceof ApiFailure && failure.status === 401) {
          // Signed out in another window, and not merely a session that ended: what this one still kept goes too.
          if (isNobodySignedIn()) leave()
          setMe(null)
        } else setError(failure)
      },
    )
  }, [])
  useEffect(look, [look])
  useEffect(() => (error ? back.watch(look) : undefined), [error, look])
  // Nothing of this page may be seen or sent by somebody else.
  useEffect(() => onOthersHere(() => location.reload()), [])
  useEffect(() => whenSignedOut(() => setMe(now => (now ? (setAgain(true), now) : null))), [])
  useKeys({ z: undoLast })

  const signedIn = (person: Me) => {
    arrive(person.person.id)
    setMe(person)
    setAgain(false)
    goOn()
  }
  const signedOut = () => {
    leave()
    setAgain(false)
    setMe(null)
  }
  if (route.screen === 'link') return <LinkDoor kind={route.kind} onIn={signedIn} />
  if (error)
    return (
      <main class="spread single" id="page">
        <Plate
          title="The server cannot be reached"
          acts={
            <button class="b" type="button" onClick={look}>
              Try again
            </button>
          }
        >
          Is Rapport running? Nothing of yours is lost.
        </Plate>
      </main>
    )
  if (me === undefined) return null
  if (me === null) return <SignIn onIn={signedIn} />
  return (
    <>
      <a class="skip" href="#page">
        Skip to the page
      </a>
      <ConnectionBanner />
      <CoachBanner />
      <Screen route={route} me={me} onMe={setMe} onSignedOut={signedOut} />
      <Toast />
      {again && <SignInAgain me={me} onIn={signedIn} onLeave={signedOut} />}
    </>
  )
}
