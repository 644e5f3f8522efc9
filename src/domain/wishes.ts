import { languageName } from './language-name.ts'
import type { Wishes } from './ports.ts'

/** What a pair has told the coach, none of it needed, and the language it reads in as a code. */
export const wishesIn = (
  language: string,
  told: { readonly glossary: string; readonly wishes: string } | undefined,
): Wishes => ({
  language: languageName(language),
  glossary: told?.glossary ?? '',
  wishes: told?.wishes ?? '',
})
