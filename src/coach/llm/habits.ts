/** How an answer of a form can be asked for, from the strictest to the one every server has. */
export const modes = ['json_schema', 'json_object', 'text'] as const
export type Mode = (typeof modes)[number]

/** What has been found out about one model at one address, so that it is not found out again each time. */
export interface Habits {
  /** The strictest mode it takes; null when nothing is known. */
  readonly mode: Mode | null
  /** Parameters it refuses. */
  readonly dropped: readonly string[]
  /** Tokens it reads, where it has shown that it reads fewer than was believed. */
  readonly context: number | null
}

export const noHabits: Habits = { mode: null, dropped: [], context: null }

/** Where habits are kept. Rows, so that every process knows; memory for a single command. */
export interface HabitBook {
  recall(endpoint: string, model: string): Promise<Habits>
  note(endpoint: string, model: string, habits: Habits): Promise<void>
}

export const habitsInMemory = (): HabitBook => {
  const known = new Map<string, Habits>()
  const key = (endpoint: string, model: string) => `${endpoint} ${model}`
  return {
    recall: async (endpoint, model) => known.get(key(endpoint, model)) ?? noHabits,
    note: async (endpoint, model, habits) => void known.set(key(endpoint, model), habits),
  }
}
