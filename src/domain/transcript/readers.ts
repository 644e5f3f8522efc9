import { readPage } from './html.ts'
import { readJson } from './json/read-json.ts'
import { readMeet } from './meet.ts'
import { readLabelled, readUnlabelled } from './plain.ts'
import { firstOf, type Reader } from './reading.ts'
import { refuseLongText, refuseOtherText } from './refuse.ts'
import { readSbv, readSrt } from './srt.ts'
import { readTable } from './table.ts'
import { readTeamsBlocks } from './teams-blocks.ts'
import { readSavedCaptions, readTurns } from './turns.ts'
import { readVtt } from './vtt.ts'

/** Families of plain rows, also inside a page or a document. The last takes what nobody knew. */
const textReaders: readonly Reader[] = [
  readTeamsBlocks,
  readSrt,
  readVtt,
  readSbv,
  readTable,
  refuseLongText,
  readMeet,
  refuseOtherText,
  readSavedCaptions,
  readTurns,
  readLabelled,
  readUnlabelled,
]

/** All families in the order in which they are asked: the stricter a family's signs, the earlier. */
export const readers: readonly Reader[] = [readJson, readPage(firstOf(textReaders)), ...textReaders]
