/** Words nobody else would write, one for each place, to be looked for afterwards. */
export const canaries = () => {
  const words = new Map<string, string>()
  return {
    words,
    word: (place: string): string => {
      const made = words.get(place) ?? `canary${crypto.randomUUID().replaceAll('-', '')}`
      words.set(place, made)
      return made
    },
    /** The places whose word stands in a text; a shared note's words also travel as updates. */
    placesIn: (text: string): string[] => {
      const updates = [...text.matchAll(/"update":"([^"]*)"/g)].map(([, update]) => atob(update ?? ''))
      const all = [text, ...updates].join('\n')
      return [...words].filter(([, canary]) => all.includes(canary)).map(([place]) => place)
    },
  }
}
