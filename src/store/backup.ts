import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import type { Database } from './database.ts'
import { backupIncomplete } from './sealed.ts'
import { sql } from './sql.ts'

/** What a backup says of itself, first of all. */
export const BackupHeader = z.object({
  postgres: z.string(),
  /** The newest migration; 0 where that was not known. */
  schema: z.int().nonnegative(),
  at: z.iso.datetime(),
})
export type BackupHeader = z.infer<typeof BackupHeader>

/** A folder, or a file with as many bytes following. */
const Entry = z.object({ path: z.string().min(1), size: z.int().nonnegative().nullable() })

/** Who holds the files, and what PostgreSQL makes anew. */
const leftOut = /(?:^|\/)(?:postmaster\.pid|pg_internal\.init)$/

/** The files of a database that stands still, as one stream: a header, then each with its bytes. */
export async function* packed(cluster: string, header: BackupHeader): AsyncGenerator<Buffer> {
  yield line(header)
  const names = await readdir(cluster, { recursive: true })
  for (const name of names.toSorted()) {
    const path = name.split(sep).join('/')
    if (leftOut.test(path)) continue
    const found = await stat(join(cluster, name))
    if (found.isDirectory()) yield line({ path, size: null })
    else if (found.isFile()) {
      yield line({ path, size: found.size })
      if (found.size > 0) yield* createReadStream(join(cluster, name), { end: found.size - 1 })
    }
  }
}

const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`)

/**
 * Writes what was packed into a folder that does not exist yet.
 *
 * @param check Looks at the header before anything is written.
 * @throws Refusal `backup-incomplete`, and what the source or `check` refuses with.
 */
export const unpackInto = async (
  source: AsyncIterable<Buffer>,
  cluster: string,
  check: (header: BackupHeader) => void,
): Promise<void> => {
  const reader = new Reader(source)
  const first = await reader.line()
  if (first === null) throw backupIncomplete()
  check(parsed(BackupHeader, first))
  mkdirSync(cluster, { mode: 0o700 })
  for (let next = await reader.line(); next !== null; next = await reader.line()) {
    const { path, size } = parsed(Entry, next)
    const target = resolve(cluster, path)
    // The key's holder made it, and still no entry may stand outside.
    if (relative(cluster, target).startsWith('..') || target === cluster) throw backupIncomplete()
    if (size === null) mkdirSync(target, { recursive: true, mode: 0o700 })
    else await writeFileFrom(reader, target, size)
  }
}

const writeFileFrom = async (reader: Reader, target: string, size: number): Promise<void> => {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  const descriptor = openSync(target, 'wx', 0o600)
  try {
    for (let left = size; left > 0;) {
      const bytes = await reader.some(left)
      if (bytes === null) throw backupIncomplete()
      writeSync(descriptor, bytes)
      left -= bytes.length
    }
  } finally {
    closeSync(descriptor)
  }
}

/** Lines and stretches of bytes out of a stream of chunks. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done) return false
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value])
    return true
  }

  /** Null at the end; half a line is a broken file. */
  async line(): Promise<string | null> {
    for (;;) {
      const end = this.#rest.indexOf(10)
      if (end >= 0) {
        const text = this.#rest.toString('utf8', 0, end)
        this.#rest = this.#rest.subarray(end + 1)
        return text
      }
      if (!(await this.#more())) {
        if (this.#rest.length > 0) throw backupIncomplete()
        return null
      }
    }
  }

  /** Between one byte and `most`; null at the end. */
  async some(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) if (!(await this.#more())) return null
    const taken = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(taken.length)
    return taken
  }
}

const parsed = <Value>(schema: z.ZodType<Value>, text: string): Value => {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw backupIncomplete()
  }
}

/** Who was signed in then, or held a link, is nobody's business now. */
export const endOldSessions = async (database: Database): Promise<void> => {
  await database.asSystem('sign-in', tx => tx.run(sql`delete from session`, sql`delete from one_time_link`))
}
