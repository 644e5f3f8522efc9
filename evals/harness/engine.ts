import { existsSync } from 'node:fs'
import type { Coach } from '../../src/domain/ports.ts'
import type { DevMeeting } from '../dev-data.ts'

/** What answers the cases. `evals/engines/<name>.ts` opens one: add a file, and `--engine <name>` knows it. */
export interface Engine extends AsyncDisposable {
  readonly name: string
  readonly coach: Coach
  /** The same engine, trained without this meeting's team; null where it has seen none of them. */
  unseen?(meeting: DevMeeting): Coach | null
  /** Since it was opened; zero where nobody is asked. */
  usage(): Usage
}

export interface Usage {
  readonly requests: number
  /** Answered from the cache: they cost nothing now, and their tokens are counted as they were. */
  readonly cached: number
  readonly tokensIn: number
  readonly tokensOut: number
}
export const noUsage: Usage = { requests: 0, cached: 0, tokensIn: 0, tokensOut: 0 }

interface EngineFile {
  readonly open: () => Promise<Engine>
}

/** Throws a plain sentence for an engine that is not there. */
export const openEngine = async (name: string): Promise<Engine> => {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`${name} is no name of an engine.`)
  const file = new URL(`../engines/${name}.ts`, import.meta.url)
  if (!existsSync(file)) throw new Error(`There is no engine ${name}: evals/engines has none of that name.`)
  const { open } = (await import(file.href)) as EngineFile
  return open()
}
