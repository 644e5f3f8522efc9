import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of RAPPORT_DATA_DIR when it holds this part; null without it. */
export const outsideFolder = (part: string): string | null => {
  const folder = process.env['RAPPORT_DATA_DIR']
  return folder && existsSync(join(folder, part)) ? folder : null
}
