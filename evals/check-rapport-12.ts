import { contentHash, rapport12Folder } from './rapport-12.ts'
import { problemsOf } from './rapport-12-problems.ts'

/** `node evals/check-rapport-12.ts`: is the data set sound? After a change: the hash that goes into manifest.json. */
const problems = problemsOf(rapport12Folder)
process.stdout.write(problems.length === 0 ? 'Rapport-12 is sound.\n' : `${problems.join('\n')}\n`)
process.stdout.write(`sha256 of the files: ${contentHash(rapport12Folder)}\n`)
process.exitCode = problems.length === 0 ? 0 : 1
