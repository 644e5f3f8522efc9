import { emptyAgendaKeeper, openAgendaKeeper } from './agenda-keeper.ts'
import { forgetBatch } from './folder/batch.ts'
import { forgetAll } from './load.ts'
import { forgetNotes } from './note-keeper.ts'
import { emptyUnsent, openUnsent } from './note/unsent.ts'
import { emptyOutbox, openOutbox } from './outbox.ts'

/** Who is signed in, in this browser: the other windows hear of it, and show nobody's words to anybody else. */
const key = 'rapport-person'
let person: string | null = null

export const arrive = (who: string): void => {
  forgetAll()
  if (person !== who) {
    forgetNotes()
    forgetBatch()
  }
  person = who
  localStorage.setItem(key, who)
  openOutbox(who)
  openUnsent(who)
  openAgendaKeeper(who)
}

/** Signing out leaves nothing behind: neither rows, nor words that were not sent. */
export const leave = (): void => {
  forgetAll()
  forgetNotes()
  forgetBatch()
  emptyOutbox()
  emptyUnsent()
  emptyAgendaKeeper()
  person = null
  localStorage.removeItem(key)
}

/** Calls back when another window signed out, or in as somebody else. */
export const onOthersHere = (listener: () => void): (() => void) => {
  const listen = (event: StorageEvent) => {
    if (event.key === key && event.newValue !== person) listener()
  }
  addEventListener('storage', listen)
  return () => removeEventListener('storage', listen)
}
