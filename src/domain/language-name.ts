/** "German" for `de`; the code itself where nobody knows a name for it. */
export const languageName = (language: string): string => {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
