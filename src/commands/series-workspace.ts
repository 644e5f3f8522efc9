import { createHash } from 'node:crypto'
import { openBundledEmbedder } from '../embed/bundled.ts'
import type { ActionItemJson, SeriesMeetingJson, SeriesRequest } from '../domain/contract.ts'
import type { Finding } from '../domain/api/findings.ts'
import { proveClaims } from '../domain/evidence.ts'
import { plainEvidence, withCues } from '../domain/extraction.ts'
import { toInstant } from '../domain/local-time.ts'
import type { Coach } from '../domain/ports.ts'
import { localBus } from '../live/local.ts'
import { openAnalysis } from '../pipeline/analysis.ts'
import { extractStep } from '../pipeline/extract.ts'
import { runnerOf } from '../pipeline/runner.ts'
import { afterMeeting } from '../pipeline/steps.ts'
import { asPair, type Database } from '../store/database.ts'
import { openEmbedded } from '../store/embedded.ts'
import { confirmAll, findingsOfMeeting } from '../store/findings.ts'
import { claimJob, enqueueStep, type Source } from '../store/jobs.ts'
import { makeOwner } from '../store/links.ts'
import { insertMeeting } from '../store/meetings.ts'
import { writeOwnNote } from '../store/notes.ts'
import { insertPair } from '../store/pairs.ts'
import { insertPerson } from '../store/people.ts'
import { insertFileAndConsent, insertTranscript, transcriptById } from '../store/transcripts.ts'
import { coachOf } from './coach-of.ts'

type SeriesMeeting = SeriesRequest['meetings'][number]
interface File {
  readonly name: string
  readonly bytes: Uint8Array
}
interface Held {
  readonly found: SeriesMeetingJson
  /** One sentence when the transcript could not be read. */
  readonly failure: string | null
}

/** A real workspace of one pair, for the meetings of a series. */
export interface SeriesWorkspace extends AsyncDisposable {
  /** Stores the meeting, carries its jobs to their end, confirms what was found, and says what it was. */
  hold(meeting: SeriesMeeting, file: File | undefined): Promise<Held>
}

const meetingMinutes = 30

/**
 * Opens a pair's own workspace in a folder; what it opened closes with it. `engine` is a name or, for the evals, a
 * coach.
 */
export const openSeries = async (
  folder: string,
  request: SeriesRequest,
  engine: string | Coach,
): Promise<SeriesWorkspace> => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await openEmbedded({ folder }))
  const bus = opened.use(localBus())
  const analysis = opened.use(openAnalysis())
  const embedder = opened.use(openBundledEmbedder())
  const coach = typeof engine === 'string' ? await coachOf(engine, analysis.coach) : engine
  const steps = afterMeeting({ analysis, coach, embedder })
  const carry = runnerOf({ database, bus, steps })
  const people = await makePair(database, request)
  const printed: Printed = { items: new Map(), threads: new Map() }
  const owned = opened.move()

  const carryAll = async () => {
    const context = { signal: new AbortController().signal, progress: () => undefined }
    for (;;) {
      const job = await database.asSystem('jobs', tx => tx.first(claimJob(600)))
      if (!job) return
      await carry(job, context)
    }
  }

  return {
    async hold(meeting, file) {
      const source = await storeMeeting(database, people, request.timezone, meeting, file)
      if (!source) return { found: empty(meeting.id), failure: null }
      await carryAll()
      const answer = await whatWasFound(database, coach, source, meeting.id, printed, people)
      await database.asPair(source.pair, tx => tx.run(...confirmAll(source.pair, source.meeting)))
      return answer
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

interface People {
  readonly pair: string
  readonly manager: string
  readonly report: string
  /** Names by person, as in the request. */
  readonly names: ReadonlyMap<string, string>
}

const makePair = async (database: Database, request: SeriesRequest): Promise<People> => {
  const manager = { id: crypto.randomUUID(), name: request.manager.name, email: 'manager@example.org' }
  const report = { id: crypto.randomUUID(), name: request.report.name, email: null }
  await database.asSystem('sign-in', tx => tx.run(...makeOwner({ ...manager, workspace: 'Series' })))
  const pair = await database.asPerson(manager.id, async tx => {
    await tx.run(insertPerson(report))
    return tx.first(
      insertPair({
        managerId: manager.id,
        reportId: report.id,
        timezone: request.timezone,
        language: 'en',
        cadenceDays: 7,
        minutes: meetingMinutes,
      }),
    )
  })
  if (!pair) throw new Error('the pair was not made')
  const names = new Map([manager, report].map(({ id, name }) => [id, name]))
  return { pair: pair.id, manager: manager.id, report: report.id, names }
}

const storeMeeting = async (
  database: Database,
  { pair, manager, report }: People,
  timezone: string,
  meeting: SeriesMeeting,
  file: File | undefined,
): Promise<Source | null> => {
  const at = toInstant(meeting.date, timezone).toISOString()
  const source = await database.asPerson(manager, async tx => {
    const row = await tx.first(insertMeeting(pair, at, meetingMinutes, meeting.state))
    if (!row) throw new Error('the meeting was not stored')
    if (meeting.managerPrivateNote) await tx.all(writeOwnNote(pair, row.id, meeting.managerPrivateNote, 0))
    const stored = { pair, meeting: row.id, transcript: crypto.randomUUID() }
    if (!file) return { ...stored, isNew: false }
    const hash = createHash('sha256').update(file.bytes).update(meeting.id).digest()
    const transcript = { ...stored, id: stored.transcript, fileName: file.name, hash, bytes: file.bytes }
    await tx.all(insertTranscript(transcript))
    await tx.run(...insertFileAndConsent(transcript), enqueueStep('read', stored, 0, 'first'))
    return { ...stored, isNew: true }
  })
  if (meeting.reportPrivateNote) {
    const note = meeting.reportPrivateNote
    await database.asPerson(report, tx => tx.all(writeOwnNote(pair, source.meeting, note, 0)))
  }
  return source.isNew ? source : null
}

const empty = (id: string): SeriesMeetingJson => ({
  id,
  actionItems: [],
  decisions: [],
  feedback: [],
  growth: [],
  talk: [],
  updates: [],
  roadblocks: [],
  briefs: { manager: noBrief, report: noBrief },
  suggestedTopics: { manager: [], report: [] },
  upwardPrompts: [],
})
const noBrief = { sections: [], confidence: 'not-enough-data' as const }

/**
 * The stored findings, and from the same reading what has no row of its own yet: feedback, growth,
 * kinds of talk, and items of which was said that they are still open.
 */
const whatWasFound = async (
  database: Database,
  coach: Parameters<typeof extractStep>[0],
  source: Source,
  id: string,
  printed: Printed,
  { names }: People,
): Promise<Held> => {
  const [[transcript], rows] = await database.read(
    asPair(source.pair),
    transcriptById(source.pair, source.transcript),
    findingsOfMeeting(source.pair, source.meeting),
  )
  if (transcript?.state !== 'read')
    return { found: empty(id), failure: transcript?.refusal?.message ?? 'It could not be read.' }
  const input = await database.asPair(source.pair, tx => extractStep(coach).load(tx, source))
  if (!input) throw new Error('the transcript is gone')
  const { proven } = proveClaims(await coach.extract(input), input)
  const actionItems = rows
    .filter(({ kind }) => kind === 'action-item')
    .map(row => itemOf(row, shortId(printed.items, 'a', row.id), names))
  const mentions = rows.filter(({ kind }) => kind === 'roadblock')
  return {
    failure: null,
    found: {
      ...empty(id),
      actionItems,
      decisions: rows
        .filter(({ kind }) => kind === 'decision')
        .map(({ text, confidence, evidence }) => ({ text, confidence: confidence ?? 1, evidence })),
      roadblocks: mentions.map(({ id: thread, text, status, evidence }) => ({
        thread: shortId(printed.threads, 't', thread),
        text,
        status: status === 'resolved' ? 'resolved' : 'raised',
        evidence,
      })),
      feedback: proven.feedback.map(claim => ({ ...claim, evidence: plainEvidence(claim.evidence) })),
      growth: proven.growth.map(claim => ({ ...claim, evidence: plainEvidence(claim.evidence) })),
      talk: withCues(proven.talk, input.lines, input.cueCount),
      updates: proven.updates.flatMap(({ item, status, evidence }) => {
        const short = printed.items.get(item)
        return short === undefined ? [] : [{ item: short, status, evidence: plainEvidence(evidence) }]
      }),
    },
  }
}

/** Rows by the short ids under which they were printed: `a1`, `t1`, the same in every run. */
interface Printed {
  readonly items: Map<string, string>
  readonly threads: Map<string, string>
}
const shortId = (ids: Map<string, string>, letter: string, row: string): string => {
  const id = ids.get(row) ?? `${letter}${ids.size + 1}`
  ids.set(row, id)
  return id
}

const itemOf = (row: Finding, id: string, names: ReadonlyMap<string, string>): ActionItemJson => ({
  id,
  text: row.text,
  owner: row.owner === null ? null : (names.get(row.owner) ?? null),
  due: row.due,
  duePhrase: row.duePhrase,
  dueCertainty: row.dueCertainty,
  kind: row.itemKind ?? 'commitment',
  confidence: row.confidence ?? 1,
  evidence: row.evidence,
})
