import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Refusal } from '../domain/errors.ts'
import { readCallerFolder } from '../config.ts'

/** Shorter ones are guessed. */
const shortest = 12

/** The key of a backup out of a file; blanks around it do not count. */
export const readKey = async (file: string): Promise<string> => {
  const key = await readFile(resolve(readCallerFolder(), file), 'utf8').catch(() => {
    throw new Refusal('key-missing', 400, `The key file ${file} is not there, or cannot be opened.`)
  })
  if (key.trim().length < shortest)
    throw new Refusal('key-short', 400, `The key in ${file} is shorter than ${shortest} characters.`)
  return key.trim()
}
