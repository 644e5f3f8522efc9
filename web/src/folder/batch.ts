import type { PairRow } from '../../../src/domain/api/pairs.ts'
import type { UploadAnswer } from '../../../src/domain/api/transcripts.ts'
import { ApiFailure, isOffline, post, sentence } from '../api.ts'
import { back } from '../connection.ts'
import { acceptedFiles } from '../format-words.ts'
import { watched } from '../watched.ts'
import { dayOf, localOf } from './day-of.ts'
import type { Gathered } from './gather.ts'
import { pairOf } from './pair-of.ts'

/** A folder of old transcripts on its way. It goes on while one looks at other pages of this window. */
export interface OldFile {
  readonly path: string
  readonly file: File
  readonly pair: string | null
  /** On the pair's clocks; null when no day is known. */
  readonly local: string | null
  /** Where the day comes from; null while none is known. */
  readonly from: 'name' | 'text' | 'you' | null
  /** It was not clear at first: it stays among those one was asked about, also once it is answered. */
  readonly asked: boolean
  readonly state: 'ready' | 'kept' | 'already' | 'refused'
  readonly why: string | null
  readonly transcript: string | null
}

export interface Batch {
  readonly files: readonly OldFile[]
  /** Names of what is no transcript by its ending, or too large to be one. */
  readonly leftOut: readonly string[]
  readonly sending: boolean
}

const empty: Batch = { files: [], leftOut: [], sending: false }
export const batch = watched<Batch>(empty)
export const forgetBatch = (): void => batch.set(empty)

const largestFile = 16_000_000
/** Enough for the names of those who speak and what stands above the talk. */
const headBytes = 65_536
const endings = acceptedFiles.split(',').filter(ending => ending.startsWith('.'))

const isTranscript = ({ file }: Gathered): boolean =>
  endings.some(ending => file.name.toLowerCase().endsWith(ending)) && file.size <= largestFile

const headOf = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes)
}

const usualTime = (row: PairRow | null): string => row?.next?.local.slice(11, 16) ?? '10:00'

const guess = async ({ file, path }: Gathered, rows: readonly PairRow[]): Promise<OldFile> => {
  const head = await headOf(file)
  const row = pairOf(rows, path, head)
  const named = dayOf(path, head)
  return {
    path,
    file,
    pair: row?.pair.id ?? null,
    local: named && localOf(named.found, row?.pair.timezone ?? 'UTC', usualTime(row)),
    from: named?.from ?? null,
    asked: !row || !named,
    state: 'ready',
    why: null,
    transcript: null,
  }
}

const inOrder = (files: readonly OldFile[]): OldFile[] =>
  files.toSorted((one, other) => (one.local ?? '').localeCompare(other.local ?? ''))

/** Takes files in: with whom and when is guessed, for a person to look at. */
export const takeFiles = async (gathered: readonly Gathered[], rows: readonly PairRow[]): Promise<void> => {
  const visible = gathered.filter(({ file }) => !file.name.startsWith('.'))
  const known = new Set(batch.get().files.map(({ path }) => path))
  const guessed: OldFile[] = []
  for (const one of visible)
    if (isTranscript(one) && !known.has(one.path)) guessed.push(await guess(one, rows))
  const now = batch.get()
  batch.set({
    ...now,
    files: inOrder([...now.files, ...guessed]),
    leftOut: [...now.leftOut, ...visible.filter(one => !isTranscript(one)).map(({ path }) => path)],
  })
}

export const changeFile = (path: string, change: Partial<OldFile>): void => {
  const now = batch.get()
  batch.set({ ...now, files: now.files.map(one => (one.path === path ? { ...one, ...change } : one)) })
}
export const leaveOut = (path: string): void => {
  const now = batch.get()
  batch.set({ ...now, files: now.files.filter(one => one.path !== path) })
}

export const isComplete = ({ pair, local }: OldFile): boolean => pair !== null && local !== null

/** False when nobody answered: it is tried again when the server is back. */
const sendOne = async ({ path, file, pair, local }: OldFile): Promise<boolean> => {
  const form = new FormData()
  form.append('consent', 'yes')
  form.append('local', local ?? '')
  form.append('file', file)
  try {
    const { transcript, already } = await post<UploadAnswer>(`/pairs/${pair}/transcripts`, form)
    changeFile(path, { state: already ? 'already' : 'kept', transcript: transcript.id })
    return true
  } catch (failure) {
    if (isOffline(failure) || (failure instanceof ApiFailure && failure.status === 401)) return false
    changeFile(path, { state: 'refused', why: sentence(failure) })
    return true
  }
}

let underWay = false

/** One after the other, the oldest first: what was promised is known before what became of it. */
export const sendBatch = async (): Promise<void> => {
  batch.set({ ...batch.get(), sending: true })
  if (underWay) return
  underWay = true
  try {
    for (;;) {
      const [next] = inOrder(batch.get().files.filter(one => one.state === 'ready' && isComplete(one)))
      if (!next) return batch.set({ ...batch.get(), sending: false })
      if (!(await sendOne(next))) return
    }
  } finally {
    underWay = false
  }
}

back.watch(() => void (batch.get().sending && sendBatch()))
addEventListener('beforeunload', event => {
  if (batch.get().sending) event.preventDefault()
})
