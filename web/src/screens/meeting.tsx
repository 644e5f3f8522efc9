import type { MeetingPage, PairPage } from '../../../src/domain/api/pairs.ts'
import type { ScreenProps } from '../screen.ts'
import { ApiFailure } from '../api.ts'
import { longDay, ownerWords, shortDay, standing, type Tense, whenWords } from '../format.ts'
import { useKeys } from '../keys.ts'
import { useLoaded } from '../load.ts'
import { present } from '../note/presence.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Icon } from '../parts/icon.tsx'
import { InviteOther } from '../parts/invite-other.tsx'
import { MeetingWhen } from '../parts/meeting-when.tsx'
import { duringWords } from '../parts/agenda-beside.tsx'
import { OwnNote } from '../parts/own-note.tsx'
import { Rail } from '../parts/rail.tsx'
import { SampleBanner } from '../parts/sample-banner.tsx'
import { Failed, NothingHere, Title } from '../parts/signs.tsx'
import { address, go } from '../route.ts'
import { After } from './after.tsx'
import { useWatched } from '../watched.ts'
import { Before } from './before.tsx'
import { During } from './during.tsx'

const tenseWords = { before: 'Before', during: 'During', after: 'After' } as const

const Head = ({ page, tense, reload }: { page: MeetingPage; tense: Tense; reload: () => Promise<void> }) => {
  const { pair, meeting, previous, following } = page
  const { value } = useLoaded<PairPage>(`/pairs/${pair.id}`, pair.id)
  const isOtherHere = useWatched(present).has(meeting.id)
  const dayOf = (id: string, otherwise: string) => {
    const found = value?.meetings.find(one => one.id === id)
    return found ? shortDay(found.local) : otherwise
  }
  return (
    <header>
      <div class="leaf">
        <Title title={`${longDay(meeting.local)}, ${tense}`}>{longDay(meeting.local)}</Title>
        <nav class="turn" aria-label="Turn the page">
          {previous && (
            <a href={address.after(pair.id, previous)} rel="prev">
              <Icon name="left" small />
              {dayOf(previous, 'Earlier')}
            </a>
          )}
          {following && (
            <a href={address.before(pair.id, following)} rel="next">
              {dayOf(following, 'Later')}
              <Icon name="right" small />
            </a>
          )}
        </nav>
        <p class="when">
          {tense === 'during' ? (
            duringWords(page, isOtherHere)
          ) : (
            <>
              {standing(meeting)}, {whenWords(meeting)}.{' '}
              <MeetingWhen pair={pair} meeting={meeting} reload={reload} />
              {meeting.state === 'planned' && (
                <>
                  {' '}
                  <a
                    class="small quiet"
                    href={`/api/pairs/${pair.id}/meetings/${meeting.id}/calendar`}
                    download
                  >
                    Calendar file
                  </a>
                </>
              )}
            </>
          )}
          {meeting.why && (
            <>
              <br />
              {meeting.changedBy && `${ownerWords(pair, meeting.changedBy)}: `}“{meeting.why}”
            </>
          )}
        </p>
      </div>
      <nav class="tenses" aria-label="Before, during and after">
        <ul>
          {(['before', 'during', 'after'] as const).map(one => (
            <li key={one}>
              <a href={address[one](pair.id, meeting.id)} aria-current={one === tense ? 'page' : undefined}>
                {tenseWords[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}

/** The page of one meeting in its tenses. */
export const Meeting = ({
  me,
  onSignedOut,
  pair,
  meeting,
  tense,
}: ScreenProps & { pair: string; meeting: string; tense: Tense }) => {
  const { value, error, reload } = useLoaded<MeetingPage>(`/pairs/${pair}/meetings/${meeting}`, pair)
  const turn = (to: string | null | undefined, which: Tense) => to && go(address[which](pair, to))
  useKeys({
    '[': () => turn(value?.previous, 'after'),
    ']': () => turn(value?.following, 'before'),
    '1': () => turn(meeting, 'before'),
    '2': () => turn(meeting, 'during'),
    '3': () => turn(meeting, 'after'),
    '/': () => go(address.search(pair)),
  })
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  const head = value && <Head page={value} tense={tense} reload={reload} />
  return (
    <>
      <Bar me={me} pair={value?.pair} section="week" onSignedOut={onSignedOut} />
      {value?.pair.sample && <SampleBanner pair={value.pair} />}
      <div class="spread">
        {value && tense === 'during' ? (
          <During key={meeting} page={value} reload={reload}>
            {head}
          </During>
        ) : (
          <>
            <main class="sheet" id="page">
              {value && (
                <>
                  {head}
                  <InviteOther pair={value.pair} />
                  {tense === 'before' ? <Before page={value} /> : <After page={value} reload={reload} />}
                  <OwnNote key={meeting} page={value} reload={reload} />
                </>
              )}
              {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
            </main>
            {value && <Rail pair={value.pair} />}
          </>
        )}
      </div>
      {value && <Dock pair={value.pair} section="week" />}
    </>
  )
}
