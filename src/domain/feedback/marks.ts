/** `[start, end)` in UTF-16 units of the text as given. */
export interface Span {
  start: number
  end: number
}

/** What a mark is about; `mind-reading` says what goes on inside somebody. */
export type MarkKind = 'trait' | 'mind-reading' | 'absolute' | 'hearsay' | 'comparison'

export interface Mark extends Span {
  kind: MarkKind
}
