import { emptyAgendaKeeper, openAgendaKeeper } from './agenda-keeper.ts'
import { forgetBatch } from './folder/batch.ts'
import { forgetAll } from './load.ts'
import { forgetNotes } from './note-keeper.ts'
import { emptyUnsent, openUnsent } from './note/unsent.ts'
import { emptyOutbox, openOutbox } from './outbox.ts'
import { signedInKey } from './signed-in.ts'

/** Who is signed in, in this browser: the other windows hear of it, and show nobody's words to anybody else. */
let person: string | null = null

export const arrive = (who: string): void => {
  forgetAll()
  if (person !== who) {
    forgetNotes()
    forgetBatch()
  }
  person = who
  localStorage.setItem(signedInKey, who)
  openOutbox(who)
  openUnsent(who)
  openAgendaKeeper(who)
}

/** Signing out leaves nothing behind: neither rows, nor words that were not sent. */
export const leave = (): void => {
  // First: what another window would still keep of its words is refused from here on.
  localStorage.removeItem(signedInKey)
  forgetAll()
  forgetNotes()
  forgetBatch()
  emptyOutbox()
  emptyUnsent()
  emptyAgendaKeeper()
  person = null
}

/** Calls back when another window signed out, or in as somebody else. */
export const onOthersHere = (listener: () => void): (() => void) => {
  const listen = (event: StorageEvent) => {
    if (event.key === signedInKey && event.newValue !== person) listener()
  }
  addEventListener('storage', listen)
  return () => removeEventListener('storage', listen)
}
