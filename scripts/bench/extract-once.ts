import { readFileSync } from 'node:fs'
import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { extractedFrom } from '../../src/domain/extraction.ts'
import { matchLabels, rosterOf } from '../../src/domain/roster.ts'
import { readTranscript } from '../../src/domain/transcript/read.ts'
import { managerName, reportName } from './workspace.ts'

/** Reads and goes through the files it is given, one after another, and says what each cost. */
const people = [
  { id: 'manager', name: managerName },
  { id: 'report', name: reportName },
]
const coach = offlineCoach()

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const cost = async (work: () => unknown) => {
  const [wall, processor] = [performance.now(), cpu()]
  await work()
  return { wall: performance.now() - wall, processor: cpu() - processor }
}

const extract = async (bytes: Uint8Array) => {
  const transcript = readTranscript(bytes)
  const labels = [...new Set(transcript.lines.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const known = new Map(matchLabels(labels, people).map(({ label, person }) => [label, person.id]))
  const roster = rosterOf(labels, known, { manager: people[0]!, report: people[1]! })
  const when = { meetingLocal: '2026-03-12T10:00', timezone: 'Europe/Berlin', nextMeetingLocal: null }
  const { actionItems } = await extractedFrom(transcript, { coach, roster, when })
  if (actionItems.length === 0) throw new Error('nothing was found')
}

const costs = []
for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path)
  const split = await cost(() => new TextDecoder().decode(bytes).split(/\s+/).length)
  costs.push({ split, extracted: await cost(() => extract(bytes)) })
}
process.stdout.write(JSON.stringify({ costs, memory: process.resourceUsage().maxRSS * 1024 }))
