import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { sentence } from '../api.ts'
import { Icon } from './icon.tsx'

/** Who sees this: both of the two, or one alone. */
export const BothSee = ({ children }: { children: ComponentChildren }) => (
  <span class="sees">
    <Icon name="both" />
    {children}
  </span>
)
export const OnlyYou = ({ children = 'Only you' }: { children?: ComponentChildren }) => (
  <span class="sees only">
    <Icon name="lock" />
    {children}
  </span>
)

/** The page's heading takes the focus when one comes to the page, and gives the window its title. */
export const Title = ({
  children,
  title,
  said = false,
}: {
  children: ComponentChildren
  title: string
  /** It is somebody's words, and set as such. */
  said?: boolean
}) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Rapport`
    if (!location.hash.startsWith('#l')) heading.current?.focus({ preventScroll: true })
  }, [title])
  return (
    <h1 ref={heading} tabIndex={-1} class={said ? 'in-words' : undefined}>
      {children}
    </h1>
  )
}

/** What happened, what is safe, what to do. */
export const Plate = ({
  title,
  children,
  acts,
}: {
  title: string
  children?: ComponentChildren
  acts?: ComponentChildren
}) => (
  <div class="plate">
    <h2>{title}</h2>
    {children && <p class="quiet">{children}</p>}
    {acts && <p class="row plate-acts">{acts}</p>}
  </div>
)

/** A page whose rows could not be read. */
export const Failed = ({ error, again }: { error: unknown; again: () => void }) => (
  <Plate
    title="This could not be read"
    acts={
      <button class="b" type="button" onClick={again}>
        Try again
      </button>
    }
  >
    {sentence(error)}
  </Plate>
)

export const NothingHere = () => (
  <main class="spread single" id="page">
    <div class="sheet">
      <Title title="Nothing here">There is no page here</Title>
      <p class="lede">It may have been erased, or it was never yours to see. We do not say which.</p>
      <p class="space">
        <a class="b" href="/">
          To your 1:1s
        </a>
      </p>
    </div>
  </main>
)

/** An error under a field, said at once. */
export const FieldError = ({ id, children }: { id: string; children: ComponentChildren }) => (
  <p class="err" id={id} role="alert">
    <Icon name="note" small />
    {children}
  </p>
)
