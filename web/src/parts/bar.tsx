import type { Me } from '../../../src/domain/api/account.ts'
import type { PairRow, PairView } from '../../../src/domain/api/pairs.ts'
import { isOffline, remove } from '../api.ts'
import { initials, otherOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { sendKept } from '../outbox.ts'
import { address } from '../route.ts'
import { say } from '../say.ts'
import { useState } from 'preact/hooks'
import { setShortcuts, setTheme, shortcutsOn, type Theme, themeNow } from '../theme.ts'
import { Icon, Mark } from './icon.tsx'
import { Menu } from './menu.tsx'

const themes: readonly Theme[] = ['system', 'light', 'dark']
const themeWords = { system: 'System', light: 'Light', dark: 'Dark' }

const MyMenu = ({ me, onSignedOut }: { me: Me; onSignedOut: () => void }) => {
  const [theme, choose] = useState(themeNow())
  const [keys, setKeys] = useState(shortcutsOn())
  const signOut = async () => {
    await sendKept()
    try {
      await remove('/session')
    } catch (failure) {
      // Without an answer the session goes on: saying otherwise would leave the door open.
      if (isOffline(failure)) return say('You are still signed in: the server cannot be reached.')
    }
    onSignedOut()
  }
  return (
    <Menu
      className="me"
      label={`${initials(me.person.name)}, ${me.person.name}, your menu`}
      face={initials(me.person.name)}
    >
      <fieldset class="menu-part">
        <legend class="small quiet">Theme</legend>
        <span class="choice">
          {themes.map(one => (
            <label key={one}>
              <input
                type="radio"
                name="theme"
                checked={theme === one}
                onChange={() => {
                  setTheme(one)
                  choose(one)
                }}
              />
              {themeWords[one]}
            </label>
          ))}
        </span>
      </fieldset>
      <label class="menu-row">
        <input
          class="check"
          type="checkbox"
          checked={keys}
          onChange={() => {
            setShortcuts(!keys)
            setKeys(!keys)
          }}
        />
        Single-key shortcuts
      </label>
      <a class="menu-row" href="/account">
        My account
      </a>
      {me.administrator && (
        <>
          <a class="menu-row" href="/people">
            People
          </a>
          <a class="menu-row" href="/settings">
            Settings
          </a>
        </>
      )}
      <button class="menu-row" type="button" onClick={() => void signOut()}>
        Sign out
      </button>
    </Menu>
  )
}

const Switcher = ({ pair }: { pair: PairView }) => {
  const { value } = useLoaded<{ pairs: PairRow[] }>('/pairs')
  const other = otherOf(pair).name
  return (
    <Menu
      className="who"
      label={`1:1 with ${other}, change`}
      face={
        <>
          <span>{other}</span>
          <Icon name="down" small />
        </>
      }
    >
      {(value?.pairs ?? []).map(row => (
        <a key={row.pair.id} class="menu-row" href={address.pair(row.pair.id)}>
          {otherOf(row.pair).name}
        </a>
      ))}
      <a class="menu-row apart" href={address.about(pair.id)}>
        About this 1:1
      </a>
      <a class="menu-row" href="/new">
        Add a 1:1
      </a>
    </Menu>
  )
}

export type Section =
  | 'week'
  | 'promises'
  | 'roadblocks'
  | 'feedback'
  | 'growth'
  | 'rhythm'
  | 'mirror'
  | 'search'

const sectionsOf = (pair: PairView) =>
  [
    { section: 'week', href: address.pair(pair.id), words: 'This week', icon: 'page' },
    { section: 'promises', href: address.promises(pair.id), words: 'Promises', icon: 'promise' },
    { section: 'roadblocks', href: address.roadblocks(pair.id), words: 'Roadblocks', icon: 'block' },
    { section: 'feedback', href: address.feedback(pair.id), words: 'Feedback', icon: 'speech' },
    { section: 'growth', href: address.growth(pair.id), words: 'Growth', icon: 'lines' },
    { section: 'rhythm', href: address.rhythm(pair.id), words: 'Rhythm', icon: 'clock' },
    { section: 'mirror', href: address.mirror(pair.id), words: 'My mirror', icon: 'lock' },
  ] as const

interface Props {
  readonly me: Me
  readonly pair?: PairView | undefined
  readonly section?: Section
  /** Pages of an administrator, between which the bar leads. */
  readonly looksAfter?: 'people' | 'settings'
  readonly onSignedOut: () => void
}

const LooksAfter = ({ at }: { at: 'people' | 'settings' }) => (
  <nav class="sections" aria-label="Administration">
    <ul>
      {(['people', 'settings'] as const).map(page => (
        <li key={page}>
          <a href={`/${page}`} aria-current={page === at ? 'page' : undefined}>
            {page === 'people' ? 'People' : 'Settings'}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** The bar: the colon, the other person, sections, search, my initials. */
export const Bar = ({ me, pair, section, looksAfter, onSignedOut }: Props) => (
  <header class="bar">
    <a class="brand" href="/" aria-label="Rapport, all your 1:1s">
      <Mark />
    </a>
    {pair ? <Switcher pair={pair} /> : <b class="workspace">{me.workspace.name || 'Rapport'}</b>}
    {pair ? (
      <nav class="sections" aria-label="Sections">
        <ul>
          {sectionsOf(pair).map(one => (
            <li key={one.section}>
              <a href={one.href} aria-current={one.section === section ? 'page' : undefined}>
                {one.words}
                {one.section === 'mirror' && <Icon name="lock" />}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    ) : looksAfter && me.administrator ? (
      <LooksAfter at={looksAfter} />
    ) : (
      <span class="sections" />
    )}
    {pair ? (
      <a
        class="find"
        href={address.search(pair.id)}
        aria-label="Search"
        aria-current={section === 'search' ? 'page' : undefined}
      >
        <Icon name="search" />
        <span>Search</span>
        <kbd aria-hidden="true">/</kbd>
      </a>
    ) : (
      <span />
    )}
    <MyMenu me={me} onSignedOut={onSignedOut} />
  </header>
)

const atTheThumb = 4

/** The same sections at the thumb, on a phone; the later ones behind "More". */
export const Dock = ({ pair, section }: { pair: PairView; section?: Section | undefined }) => {
  const sections = sectionsOf(pair)
  const more = sections.slice(atTheThumb)
  return (
    <nav class="dock" aria-label="Sections, at the thumb">
      <ul>
        {sections.slice(0, atTheThumb).map(one => (
          <li key={one.section}>
            <a href={one.href} aria-current={one.section === section ? 'page' : undefined}>
              <Icon name={one.icon} />
              {one.words}
            </a>
          </li>
        ))}
        <li>
          <Menu
            className={more.some(one => one.section === section) ? 'more here' : 'more'}
            label="More sections"
            face={
              <>
                <Icon name="lines" />
                More
              </>
            }
          >
            {more.map(one => (
              <a
                key={one.section}
                class="menu-row"
                href={one.href}
                aria-current={one.section === section ? 'page' : undefined}
              >
                <Icon name={one.icon} />
                {one.words}
              </a>
            ))}
            <a
              class="menu-row"
              href={address.search(pair.id)}
              aria-current={section === 'search' ? 'page' : undefined}
            >
              <Icon name="search" />
              Search
            </a>
          </Menu>
        </li>
      </ul>
    </nav>
  )
}
