import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { MeetingPage } from '../../../src/domain/api/pairs.ts'
import { useKeys } from '../keys.ts'
import { AgendaBeside, useTickKey } from '../parts/agenda-beside.tsx'
import { TickStrip, useTicks } from '../parts/agenda/ticks.tsx'
import { OwnNote } from '../parts/own-note.tsx'
import { SharedNote } from '../parts/shared-note.tsx'

/**
 * During the meeting: the note both write, the agenda in the margin, and one's own note below, folded, for
 * somebody may share a screen.
 */
export const During = ({
  page,
  reload,
  children,
}: {
  page: MeetingPage
  reload: () => Promise<void>
  /** The page's head. */
  children: ComponentChildren
}) => {
  const ticks = useTicks(page.pair, page.meeting.id)
  useTickKey(ticks)
  const [isOpen, setOpen] = useState(false)
  const fold = () => setOpen(now => !now)
  useKeys({ p: fold })
  return (
    <>
      <main class="sheet" id="page">
        {children}
        <TickStrip {...ticks} />
        <SharedNote page={page} />
        <OwnNote page={page} reload={reload} fold={{ isOpen, toggle: fold }} />
      </main>
      <AgendaBeside page={page} ticks={ticks} />
    </>
  )
}
