import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { FeedbackDraftPage, FeedbackDraftView } from '../../src/domain/api/feedback.ts'
import { ApiFailure, get, patch, sentence } from './api.ts'
import { back } from './connection.ts'

export type DraftWords = Pick<
  FeedbackDraftView,
  'rough' | 'situation' | 'behavior' | 'impact' | 'ask' | 'meantOtherwise'
>
export const partNames = ['situation', 'behavior', 'impact', 'ask'] as const
export type PartName = (typeof partNames)[number]

/** Milliseconds of rest after the last letter before it is kept and read. */
const rest = 500

const isKept = ({ draft }: FeedbackDraftPage, words: DraftWords): boolean =>
  (Object.keys(words) as (keyof DraftWords)[]).every(
    key => JSON.stringify(words[key]) === JSON.stringify(draft[key]),
  )

/** A draft as it is typed. Parts nobody touched by hand follow the rough words; a touched one is the writer's. */
export const useDraft = (pair: string, id: string) => {
  const path = `/pairs/${pair}/feedback-drafts/${id}`
  const [page, setPage] = useState<FeedbackDraftPage>()
  const [words, setWords] = useState<DraftWords>()
  const [error, setError] = useState<unknown>()
  const [state, setState] = useState('saved')
  const now = useRef({ page, words, touched: new Set<PartName>(), busy: false })
  now.current.page = page
  now.current.words = words
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  /** Parts that nobody touched take what the rough words suggest. */
  const follow = (kept: FeedbackDraftPage, typed: DraftWords): DraftWords => ({
    ...typed,
    ...Object.fromEntries(
      partNames
        .filter(part => !now.current.touched.has(part))
        .map(part => [part, kept.gate.suggested[part] ?? '']),
    ),
  })

  const save = useCallback(async (): Promise<void> => {
    const { page: last, words: typed } = now.current
    if (!last || !typed || now.current.busy) return
    if (isKept(last, typed)) return setState('saved')
    now.current.busy = true
    try {
      const kept = await patch<FeedbackDraftPage>(path, { version: last.draft.version, ...typed })
      const followed = follow(kept, now.current.words ?? typed)
      now.current.page = kept
      now.current.words = followed
      now.current.busy = false
      setPage(kept)
      setWords(followed)
      await save()
    } catch (failure) {
      now.current.busy = false
      if (failure instanceof ApiFailure && failure.code === 'changed-meanwhile') {
        // Another window of mine: these words stand, over what it kept.
        now.current.page = await get<FeedbackDraftPage>(path)
        await save()
        return
      }
      setState(sentence(failure))
    }
  }, [path])

  useEffect(() => {
    get<FeedbackDraftPage>(path).then(found => {
      for (const part of partNames)
        if (found.draft[part] !== '' && found.draft[part] !== (found.gate.suggested[part] ?? ''))
          now.current.touched.add(part)
      now.current.page = found
      const { rough, situation, behavior, impact, ask, meantOtherwise } = found.draft
      now.current.words = follow(found, { rough, situation, behavior, impact, ask, meantOtherwise })
      setPage(found)
      setWords(now.current.words)
      void save()
    }, setError)
  }, [path, save])
  useEffect(() => back.watch(() => void save()), [save])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      void save()
    },
    [save],
  )

  const write = (change: Partial<DraftWords>) => {
    for (const part of partNames) if (change[part] !== undefined) now.current.touched.add(part)
    if (!now.current.words) return
    now.current.words = { ...now.current.words, ...change }
    setWords(now.current.words)
    setState('waiting')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), rest)
  }
  return { page, words, error, state, write }
}
