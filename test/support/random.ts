/** Numbers in [0, 1) that a seed brings back (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    /** A whole number below `limit`. */
    below: (limit: number): number => Math.floor(next() * limit),
  }
}

/** The seed of this run: said aloud, and repeated with `RAPPORT_SEED`. */
export const seedOfRun = (what: string): number => {
  const seed = Number(process.env['RAPPORT_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`${what}: RAPPORT_SEED=${seed}\n`)
  return seed
}
