import * as Y from 'yjs'
import { Refusal } from '../domain/errors.ts'

/**
 * A shared note as a Yjs document. Its text stands under one root; nothing else is let in.
 * https://docs.yjs.dev/api/document-updates
 */
export const noteRoot = 'note'

/** Bytes of one update, and characters of one note: a long meeting's note has some 5,000. */
export const largestUpdate = 512 * 1024
export const longestNote = 200_000
/** No stretch of a text of that length is longer, also none that was deleted. */
const longestStretch = 2 * longestNote

const malformed = () =>
  new Refusal(
    'note-update-unreadable',
    422,
    'This change to the note could not be read. Load the page again.',
  )
const tooLong = () =>
  new Refusal('note-too-long', 422, 'This note is full. Shorten it, or go on in the note of another meeting.')
const gap = () =>
  new Refusal('note-gap', 409, 'This change rests on one that has not arrived. Send all of the note.')

/**
 * Looks at an update before it is let near a document: plain text in the note's root and deletions,
 * nothing else that Yjs knows. What is hidden in bytes would otherwise be kept and handed to the other.
 *
 * @throws Refusal
 */
const inspect = (update: Uint8Array): void => {
  if (update.length > largestUpdate) throw tooLong()
  let structs: ReturnType<typeof Y.decodeUpdate>['structs']
  try {
    ;({ structs } = Y.decodeUpdate(update))
  } catch {
    throw malformed()
  }
  for (const struct of structs) {
    if (struct instanceof Y.Skip) throw gap()
    if (!Number.isSafeInteger(struct.id.clock) || !(struct.length > 0 && struct.length <= longestStretch))
      throw malformed()
    if (struct instanceof Y.GC) continue
    const { content, parent, parentSub } = struct
    const isText = content instanceof Y.ContentString || content.constructor.name === 'ContentDeleted'
    const isInRoot = parent === null || (parent as unknown) === noteRoot
    if (!isText || !isInRoot || parentSub !== null) throw malformed()
  }
}

/** The document that these updates make, in whatever order they came. */
export const documentOf = (updates: Iterable<Uint8Array>): Y.Doc => {
  const document = new Y.Doc()
  document.transact(() => {
    for (const update of updates) Y.applyUpdate(document, update)
  })
  return document
}

/**
 * Applies an update of a person's; answers what was new in it, written by us, or null when all of it was
 * there already: sent twice, it counts once.
 *
 * @throws Refusal `note-update-unreadable`, `note-too-long` (422), or `note-gap` (409) when it rests on something unknown. The document is not to be used after that.
 */
export const applyOne = (document: Y.Doc, update: Uint8Array): Uint8Array | null => {
  inspect(update)
  const fresh: Uint8Array[] = []
  const collect = (part: Uint8Array) => void fresh.push(part)
  document.on('update', collect)
  try {
    Y.applyUpdate(document, update)
  } catch {
    throw malformed()
  } finally {
    document.off('update', collect)
  }
  const { pendingStructs, pendingDs } = document.store
  if (pendingStructs !== null || pendingDs !== null) throw gap()
  if (document.getText(noteRoot).length > longestNote) throw tooLong()
  return fresh.length === 0 ? null : Y.mergeUpdates(fresh)
}

export const stateOf = (document: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(document)

/** What stands in the note; a database keeps neither zeros nor halves of characters. */
export const plainText = (document: Y.Doc): string =>
  document.getText(noteRoot).toJSON().replaceAll('\0', '\ufffd').toWellFormed()

/** A note that was written elsewhere, as one update. */
export const updateOfText = (text: string): Uint8Array => {
  const document = new Y.Doc()
  document.getText(noteRoot).insert(0, text)
  return stateOf(document)
}

/** A name for a place in the text that stays with its character while others write around it; null past the end. */
export const anchorAt = (document: Y.Doc, index: number): string | null => {
  const { item } = Y.createRelativePositionFromTypeIndex(document.getText(noteRoot), index)
  return item && `${item.client}:${item.clock}`
}
