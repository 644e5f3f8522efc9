import { once } from 'node:events'

/** Writes one line to stdout and waits while the reader is slower than we are. */
export const writeLine = async (line: string): Promise<void> => {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}
