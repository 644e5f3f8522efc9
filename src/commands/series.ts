import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { readCallerFolder } from '../config.ts'
import { Timezone } from '../domain/api/common.ts'
import { SeriesRequest } from '../domain/contract.ts'
import { Refusal } from '../domain/errors.ts'
import { isLocalTime } from '../domain/local-time.ts'
import { writeLine } from './output.ts'
import { throwAwayFolder } from './throw-away.ts'

/** `rapport series FILE.json --json`: a pair's meetings, one after the other, through the real program. */
export const series = (program: Command): void => {
  program
    .command('series')
    .argument('<file>', "a pair's meetings, as JSON")
    .description('go through the meetings of a pair in a throw-away workspace')
    .option('--engine <engine>', 'offline or llm', 'offline')
    .requiredOption('--json', 'one JSON object per meeting (the only form there is)')
    .action(async (file: string, { engine }: { readonly engine: string }) => {
      if (engine !== 'offline' && engine !== 'llm')
        throw new Refusal('bad-option', 400, '--engine is offline or llm.')
      const path = resolve(readCallerFolder(), file)
      const request = await readRequest(path)
      const transcripts = await readTranscripts(request, dirname(path))
      await using kept = await throwAwayFolder()
      const { openSeries } = await import('./series-workspace.ts')
      await using workspace = await openSeries(kept.folder, request, engine)
      for (const meeting of request.meetings) {
        const answer = await workspace.hold(meeting, transcripts.get(meeting.id))
        if (answer.failure) {
          process.stderr.write(`${meeting.id}: ${answer.failure}\n`)
          process.exitCode = 2
        }
        await writeLine(JSON.stringify(answer.found))
      }
    })
}

const readRequest = async (path: string): Promise<SeriesRequest> => {
  const bad = (message: string) => new Refusal('bad-series', 400, message)
  const text = await readFile(path, 'utf8').catch(() => {
    throw bad('There is no such file, or it cannot be opened.')
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw bad('This file is not JSON.')
  }
  const parsed = SeriesRequest.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw bad(`${issue?.path.join('.') || 'file'}: ${issue?.message ?? 'not understood'}`)
  }
  const { timezone, meetings } = parsed.data
  if (!Timezone.safeParse(timezone).success) throw bad(`timezone: ${timezone} is not a known time zone.`)
  const ids = new Set<string>()
  for (const { id, date } of meetings) {
    if (ids.has(id)) throw bad(`meetings: the id ${id} is there twice.`)
    ids.add(id)
    if (!isLocalTime(date)) throw bad(`meetings: the date of ${id} looks like 2026-03-12T10:00.`)
  }
  return parsed.data
}

/** Paths are meant from the caller's folder; beside the file itself is understood as well. */
const readTranscripts = async ({ meetings }: SeriesRequest, beside: string) => {
  const callerFolder = readCallerFolder()
  const found = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>()
  for (const { id, transcript } of meetings) {
    if (transcript === undefined) continue
    const bytes = await readFile(resolve(callerFolder, transcript))
      .catch(() => readFile(resolve(beside, transcript)))
      .catch(() => {
        throw new Refusal('file-missing', 400, `meetings: the transcript of ${id} cannot be opened.`)
      })
    found.set(id, { name: transcript, bytes })
  }
  return found
}
