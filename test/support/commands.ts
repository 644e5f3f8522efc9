import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { z } from 'zod'
import { temporaryFolder } from './database.ts'
import type { Ended } from './process.ts'

/** A folder with these files, by name; gone when the test is over. */
export const folderWith = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const kept = await temporaryFolder('empty')
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(kept.folder, name)), { recursive: true })
    await writeFile(join(kept.folder, name), content)
  }
  return kept
}

/** JSON lines as they were printed, each accepted by its schema without a change. */
export const linesOf = <Row>({ stdout }: Ended, schema: z.ZodType<Row>): Row[] => {
  if (stdout !== '') expect(stdout.endsWith('\n')).toBe(true)
  return stdout
    .split('\n')
    .slice(0, -1)
    .map(line => {
      const value: unknown = JSON.parse(line)
      expect(schema.parse(value)).toEqual(value)
      return value as Row
    })
}

/**
 * The output as it is kept; `npm test -- -u` keeps it anew, and the change is read in the commit. How
 * sure the coach is moves with every training and is left out.
 */
export const expectGolden = (value: unknown, name: string): Promise<void> =>
  expect(
    `${JSON.stringify(value, (key, inner: unknown) => (key === 'confidence' && typeof inner === 'number' ? 'a number' : inner), 2)}\n`,
  ).toMatchFileSnapshot(join(import.meta.dirname, '../commands/golden', name))

/** What came of a command, with stderr line by line. */
export const outcomeOf = ({ code, stdout, stderr }: Ended) => ({
  code,
  stdout,
  stderr: stderr.split('\n').slice(0, -1),
})

/** Bad input: nothing but one clear line, on stderr, and exit 2. */
export const refusedWith = (sentence: string | RegExp) => ({
  code: 2,
  stdout: '',
  stderr: [
    typeof sentence === 'string' ? expect.stringContaining(sentence) : expect.stringMatching(sentence),
  ],
})
