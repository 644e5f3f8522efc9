import type { ComponentChildren } from 'preact'
import type { BriefPage as Page } from '../../../src/domain/api/preparation.ts'
import type { BriefKind } from '../../../src/domain/brief-facts.ts'
import { ApiFailure } from '../api.ts'
import { countWords, firstName, longDay, otherOf, timeOf } from '../format.ts'
import { useLoaded } from '../load.ts'
import { Bar, Dock } from '../parts/bar.tsx'
import { Icon } from '../parts/icon.tsx'
import { Failed, NothingHere, OnlyYou, Title } from '../parts/signs.tsx'
import { Source } from '../parts/source.tsx'
import { usePrivatePage } from '../private-page.ts'
import { address } from '../route.ts'
import type { ScreenProps } from '../screen.ts'

const headings: Readonly<Partial<Record<BriefKind, string>>> = {
  'since-last': 'Since last time',
  opening: 'An honest opening',
  roadblocks: 'In the way',
  growth: 'Growth',
  feedback: 'Feedback',
  questions: 'Three questions',
  'own-notes': 'Your own notes',
}

type Line = Page['sections'][number]['lines'][number]

/** What the program says in sans, what a person said or wrote in serif: quotation marks tell them apart. */
const Words = ({ text }: { text: string }) => (
  <>
    {text.split(/(“[^”]*”)/).map((part, index) =>
      part.startsWith('“') ? (
        <span key={index} class="said less">
          {part}
        </span>
      ) : (
        part
      ),
    )}
  </>
)

const Lines = ({ pair, lines, as: Tag = 'p' }: { pair: string; lines: readonly Line[]; as?: 'p' | 'li' }) => (
  <>
    {lines.map(({ text, sources }) => (
      <Tag key={text}>
        <Words text={text} />
        {sources.slice(0, 3).map(source => (
          <Source key={source.id} pair={pair} source={source} />
        ))}
      </Tag>
    ))}
  </>
)

const Promises = ({ page }: { page: Page }) => {
  const of = (kind: BriefKind) => page.sections.find(section => section.kind === kind)?.lines ?? []
  const sides = [
    { title: 'Yours', lines: of('promises-mine') },
    { title: `${firstName(otherOf(page.pair).name)}’s`, lines: of('promises-theirs') },
  ]
  if (sides.every(({ lines }) => lines.length === 0)) return null
  return (
    <section>
      <h2>Open promises</h2>
      <div class="two">
        {sides.map(({ title, lines }) => (
          <div key={title}>
            <h3>{title}</h3>
            {lines.length === 0 ? (
              <p class="quiet">None.</p>
            ) : (
              <ul>
                <Lines pair={page.pair.id} lines={lines} as="li" />
              </ul>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}

const Section = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section>
    <h2>{title}</h2>
    <div>{children}</div>
  </section>
)

const Sheet = ({ page }: { page: Page }) => {
  const { pair, next, sections } = page
  const of = (kind: BriefKind) => sections.find(section => section.kind === kind)?.lines ?? []
  const plain = (kinds: readonly BriefKind[]) =>
    kinds
      .filter(kind => of(kind).length > 0)
      .map(kind => (
        <Section key={kind} title={headings[kind] ?? ''}>
          <Lines pair={pair.id} lines={of(kind)} />
        </Section>
      ))
  return (
    <article class="brief">
      <div class="brief-tools row apart">
        <a class="small" href={address.pair(pair.id)}>
          {next ? longDay(next.local) : 'This week'}
        </a>
        <button class="b main" type="button" onClick={() => print()}>
          <Icon name="print" small />
          Print
        </button>
      </div>
      <header>
        <Title title={`Before you meet ${firstName(otherOf(pair).name)}`}>
          Before you meet {firstName(otherOf(pair).name)}
        </Title>
        <p class="lede">
          {next ? `${longDay(next.local)}, ${timeOf(next.local)}. ` : 'No meeting is planned yet. '}
          Written just now from {countWords(page.meetings, 'meeting', 'meetings').toLowerCase()} that{' '}
          {page.meetings === 1 ? 'was' : 'were'} read, your promises and your own notes.
          {page.coming && ' The model is writing it once more; it changes here when it is done.'}
          {page.engine === 'llm' && ' Worded by the model from these lines alone.'}
        </p>
        <p class="page-sees">
          <OnlyYou>Only you can read this brief</OnlyYou>
        </p>
      </header>
      {page.confidence === 'not-enough-data' && (
        <p class="quiet space">
          {page.meetings === 0
            ? 'No meeting was read yet, so there is little to say.'
            : 'After one meeting there is little to say. Here is what was promised.'}
        </p>
      )}
      {plain(['since-last', 'opening'])}
      <Promises page={page} />
      {plain(['roadblocks', 'growth', 'feedback', 'own-notes'])}
      <section>
        <h2>Three questions</h2>
        <ol class="questions">
          <Lines pair={pair.id} lines={of('questions')} as="li" />
        </ol>
      </section>
      {of('not-known').length > 0 && (
        <footer class="small quiet">
          <Lines pair={pair.id} lines={of('not-known')} />
        </footer>
      )}
    </article>
  )
}

/** Two minutes before the room: one page for its reader alone. */
export const BriefPage = ({ me, onSignedOut, pair: id }: ScreenProps & { pair: string }) => {
  const { value, error, reload } = useLoaded<Page>(`/pairs/${id}/brief`, id)
  usePrivatePage()
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  return (
    <>
      <div class="private-band" />
      <Bar me={me} pair={value?.pair} section="week" onSignedOut={onSignedOut} />
      <main class="spread single" id="page">
        {error && !value ? <Failed error={error} again={() => void reload()} /> : null}
        {value && <Sheet page={value} />}
      </main>
      {value && <Dock pair={value.pair} section="week" />}
    </>
  )
}
