import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../domain/errors.ts'
import { largestFile } from '../domain/transcript/limits.ts'
import type { Bus } from '../domain/ports.ts'
import { asSystem, type Database } from '../store/database.ts'
import { holderOfFolder, intakeKeyUsed } from '../store/intake.ts'
import { takeIn } from '../store/take-in.ts'
import type { Schedule } from './schedule.ts'

/** A file that still grows is left for the next look. */
const settled = 10_000

/** Looks every minute into the folder that is watched. */
export const inboxSchedule = (bus: Bus, folder: string): Schedule => ({
  name: 'inbox',
  everySeconds: 60,
  run: (database, now) => lookIntoInbox({ database, bus, folder, now }),
})

/**
 * One look: `folder/ADDRESS/file` goes to the person with that address, if they wished for it. What was taken in is
 * moved into `taken`, what was refused into `refused`, beside where it lay: nothing is deleted, and nothing is read twice.
 *
 * @returns how many were kept.
 */
export const lookIntoInbox = async ({
  database,
  bus,
  folder,
  now,
}: {
  readonly database: Database
  readonly bus: Bus
  readonly folder: string
  readonly now: Date
}): Promise<number> => {
  let kept = 0
  for (const { name: email } of await foldersIn(folder)) {
    const [[holder]] = await database.read(asSystem('intake'), holderOfFolder(email))
    if (!holder) continue
    const theirs = join(folder, email)
    for (const name of await settledIn(theirs, now)) {
      const taken = await take(database, holder.person, join(theirs, name), name)
      if (taken === 'later') continue
      await database.asSystem('intake', tx => tx.run(intakeKeyUsed(holder.id)))
      await moveTo(join(theirs, taken === 'refused' ? 'refused' : 'taken'), join(theirs, name), name)
      if (taken === 'refused' || taken.state !== 'kept') continue
      kept++
      await bus.publish({ channel: 'meeting', pair: taken.pair, id: taken.meeting, event: 'changed' })
    }
  }
  return kept
}

const foldersIn = async (folder: string) =>
  (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory())

/** Files alone, no links: what lies elsewhere was not put here. */
const settledIn = async (folder: string, now: Date): Promise<string[]> => {
  const names: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isFile() && !entry.name.startsWith('.')) {
      const { mtimeMs } = await stat(join(folder, entry.name))
      if (now.getTime() - mtimeMs > settled) names.push(entry.name)
    }
  return names.toSorted()
}

/** A recorder writes its file when the meeting is over: its time is near enough. */
const take = async (database: Database, person: string, path: string, name: string) => {
  const found = await stat(path)
  if (found.size > largestFile) return 'refused' as const
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) return 'later' as const
  try {
    return await takeIn(database, person, { name, bytes, at: found.mtime.toISOString(), people: null })
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return 'refused' as const
    throw error
  }
}

/** Beside another of that name, if there is one. */
const moveTo = async (folder: string, path: string, name: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const there = new Set(await readdir(folder))
  await rename(path, join(folder, there.has(name) ? `${crypto.randomUUID()} ${name}` : name))
}
