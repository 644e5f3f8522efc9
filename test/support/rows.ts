import { createHash } from 'node:crypto'
import { passagesOf, passagesOfText } from '../../src/domain/passages.ts'
import { updateOfText } from '../../src/notes/document.ts'
import { appendUpdate } from '../../src/notes/log.ts'
import { asPair, type Database, type Tx } from '../../src/store/database.ts'
import { insertAgendaItem, insertTemplate, insertWriting } from '../../src/store/agenda.ts'
import { insertDraft, insertObservation, insertRequest, sendDraft } from '../../src/store/feedback.ts'
import { insertCheckIn, insertGoal } from '../../src/store/goals.ts'
import { changeFinding, confirmAll, insertFinding } from '../../src/store/findings.ts'
import { recordErasure } from '../../src/store/erasing.ts'
import { insertIntakeKey, keepWaiting } from '../../src/store/intake.ts'
import { enqueueStep } from '../../src/store/jobs.ts'
import { makeOwner, newLink } from '../../src/store/links.ts'
import { insertMeeting, sayWhy } from '../../src/store/meetings.ts'
import { writeOwnNote } from '../../src/store/notes.ts'
import { insertPair, rememberLabels } from '../../src/store/pairs.ts'
import { promisesOf } from '../../src/store/promises.ts'
import {
  passagesToEmbed,
  storeNotePassages,
  storeTranscriptPassages,
  storeVectors,
} from '../../src/store/passages.ts'
import { changeReminders, insertMail } from '../../src/store/reminders.ts'
import { recordMeetingChange } from '../../src/store/rhythm.ts'
import { replaceRemarks } from '../../src/store/remarks.ts'
import { beginThread, insertRoadblockDecision } from '../../src/store/roadblocks.ts'
import { noModelRow, useOwnPrompt, writeModelKey, writeModelRow } from '../../src/store/model-settings.ts'
import { countFailure, countUse, takePlace, writeModelHabit } from '../../src/store/model-use.ts'
import { writeEmbedderInUse } from '../../src/store/vector-use.ts'
import { insertRun } from '../../src/store/runs.ts'
import { storeOwnTalk } from '../../src/store/own-talk.ts'
import { openSession, recordTries, writePassword } from '../../src/store/accounts.ts'
import { recordAudit } from '../../src/store/audit.ts'
import { takeTurn } from '../../src/store/schedules.ts'
import { makeFeed } from '../../src/store/calendar.ts'
import { Identified } from '../../src/store/columns.ts'
import { query, sql } from '../../src/store/sql.ts'
import { writePairWishes } from '../../src/store/pair-wishes.ts'
import { keepPage } from '../../src/store/prepared.ts'
import { waveTopic } from '../../src/store/waved-topics.ts'
import { insertFileAndConsent, insertTranscript, storeReading } from '../../src/store/transcripts.ts'
import { readTranscript } from '../../src/domain/transcript/read.ts'

/** Somebody with an account; the first administrator owns the workspace. */
export const makePerson = async (
  database: Database,
  name: string,
  administrator = false,
): Promise<string> => {
  const id = crypto.randomUUID()
  const email = `${id}@example.org`
  await database.asSystem('sign-in', tx =>
    tx.run(
      ...(administrator
        ? makeOwner({ id, name, email, workspace: 'Test' })
        : [
            sql`insert into person (id, name, email, state, joined_at) values (${id}, ${name}, ${email}, 'active', now())`,
          ]),
      writePassword(id, 'not a hash'),
      openSession(id, createHash('sha256').update(id).digest(), 'A test'),
      recordTries([`mail ${id}`]),
    ),
  )
  await database.asSystem('jobs', tx => tx.all(takeTurn('test', 3_600)))
  if (administrator) await fillModel(database, id)
  return id
}

/** What is known about a model, one row of each kind. */
const fillModel = async (database: Database, administrator: string) => {
  await database.asPerson(administrator, async tx => {
    await tx.all(writeModelRow(noModelRow))
    await tx.run(...useOwnPrompt({ name: 'extract', text: 'a prompt', hash: 'its hash' }))
  })
  await database.asSystem('jobs', async tx => {
    await tx.all(takePlace(4, 86_400))
    await tx.run(
      writeModelKey('a key'),
      writeModelHabit('http://localhost/v1', 'test', { mode: 'text', dropped: ['seed'], context: null }),
      countFailure('http://localhost/v1', 'model-failed', null),
      countUse(administrator, { read: 1, written: 1, cost: 0 }),
      writeEmbedderInUse('test'),
    )
  })
}

export interface FilledPair {
  readonly pair: string
  readonly manager: string
  readonly report: string
  readonly meeting: string
  readonly transcript: string
}

/** A pair with a row in every table, its words marked with `mark`. */
export const fillPair = async (database: Database, mark: string): Promise<FilledPair> => {
  const manager = await makePerson(database, `Manager of ${mark}`)
  const report = await makePerson(database, `Report of ${mark}`)
  // Started by the report, who can therefore be recovered by the manager.
  const pair = await database.asPerson(report, tx =>
    tx.first(
      insertPair({
        managerId: manager,
        reportId: report,
        timezone: 'Europe/Berlin',
        language: 'en',
        cadenceDays: 7,
        minutes: 30,
      }),
    ),
  )
  if (!pair) throw new Error('no pair')
  const mails: Parameters<typeof insertMail>[0][] = []
  const ids = await database.asPerson(manager, async tx => {
    const meeting = await tx.first(insertMeeting(pair.id, '2026-03-10T09:00:00Z', 30, 'held'))
    if (!meeting) throw new Error('no meeting')
    const bytes = new TextEncoder().encode(`Ann: shared by ${mark}\nBen: yes`)
    const transcript = {
      id: crypto.randomUUID(),
      pair: pair.id,
      meeting: meeting.id,
      fileName: `file of ${mark}.txt`,
      hash: createHash('sha256').update(bytes).digest(),
      bytes,
    }
    await tx.all(insertTranscript(transcript))
    await tx.run(
      ...insertFileAndConsent(transcript),
      enqueueStep('read', { pair: pair.id, meeting: meeting.id, transcript: transcript.id }, 5, 'first'),
      newLink('recovery', report, manager, 'http://localhost').statement,
      recordAudit({ subject: report, action: 'recovery-link-made' }),
      recordErasure({ what: 'meeting', row: crypto.randomUUID(), pair: pair.id }),
    )
    await fillIntake(tx, mark)
    await tx.run(sayWhy(pair.id, meeting.id, `shared by ${mark}`))
    const shared = { pair: pair.id, meeting: meeting.id, author: manager }
    await appendUpdate(tx, shared, updateOfText(`shared by ${mark}`))
    await writeSearchable(tx, pair.id, meeting.id, `private to the manager of ${mark}`)
    await fillAgenda(tx, pair.id, meeting.id, mark)
    await fillFeedback(tx, pair.id, mark)
    await tx.run(changeReminders({ ahead: true }), waveTopic(pair.id, 'growth', new Date()))
    await tx.run(...keepPage(pair.id, 'write-brief', { key: mark, engine: 'llm', page: { text: mark } }))
    await tx.all(writePairWishes(pair.id, { glossary: `Terms of ${mark}`, wishes: '', version: 0 }))
    mails.push({ person: manager, meeting: meeting.id, key: mark, subject: 'Your 1:1', text: 'Tomorrow' })
    await tx.all(makeFeed(createHash('sha256').update(mark).digest()))
    await tx.run(recordMeetingChange(pair.id, meeting.id, 'moved', '2026-03-10T09:00:00Z', new Date()))
    return { pair: pair.id, meeting: meeting.id, transcript: transcript.id, bytes }
  })
  await database.asSystem('calendar', tx => tx.run(...mails.map(insertMail)))
  await database.asPerson(report, tx =>
    writeSearchable(tx, ids.pair, ids.meeting, `private to the report of ${mark}`),
  )
  await fillFindings(database, ids, mark)
  // A person's change of a promise is kept; one of the pair's steps is nobody's.
  await database.asPerson(report, async tx => {
    const [promise] = await tx.all(promisesOf(ids.pair))
    if (!promise) throw new Error('no promise')
    const { id, version } = promise
    await tx.all(changeFinding(ids.pair, 'action-item', id, version, { due: '2026-03-20' }))
  })
  await fillOwnTalk(database, ids, [manager, report])
  return { pair: ids.pair, manager, report, meeting: ids.meeting, transcript: ids.transcript }
}

const fillOwnTalk = (
  database: Database,
  { pair, transcript }: { pair: string; transcript: string },
  people: readonly string[],
) => {
  const counts = {
    words: 1,
    share: 0.5,
    questions: null,
    longestTurn: { words: 1, seconds: null },
    talk: null,
  }
  return database.asPair(pair, tx =>
    tx.run(...storeOwnTalk(pair, transcript, new Map(people.map(person => [person, counts])))),
  )
}

const writeSearchable = async (tx: Tx, pair: string, meeting: string, text: string): Promise<void> => {
  const note = await tx.first(writeOwnNote(pair, meeting, text, 0))
  if (!note) throw new Error('no note')
  await tx.run(...storeNotePassages(pair, note.id, passagesOfText(text)))
}

const fillIntake = async (tx: Tx, mark: string): Promise<void> => {
  const bytes = new TextEncoder().encode(`private to the manager of ${mark}`)
  const hash = createHash('sha256').update(bytes).digest()
  await tx.all(keepWaiting({ name: `private to the manager of ${mark}`, bytes, hash, at: null }))
  await tx.all(insertIntakeKey({ kind: 'token', name: 'A program', tokenHash: hash, secret: null }))
}

const fillAgenda = async (tx: Tx, pair: string, meeting: string, mark: string): Promise<void> => {
  const item = { id: crypto.randomUUID(), text: `shared by ${mark}`, kind: 'status' as const }
  await tx.all(insertAgendaItem(pair, meeting, item))
  await tx.all(insertWriting(pair, item.id, crypto.randomUUID(), `shared by ${mark}`))
  await tx.all(insertTemplate(pair, { name: `shared by ${mark}`, items: [item] }))
}

const fillFeedback = async (tx: Tx, pair: string, mark: string): Promise<void> => {
  const text = `private to the manager of ${mark}`
  await tx.all(insertObservation(pair, '2026-03-09', text))
  await tx.all(insertRequest(pair, `shared by ${mark}`))
  const draft = await tx.first(insertDraft(pair, text, null))
  const goal = await tx.first(insertGoal(pair, { kind: 'goal', text: `shared by ${mark}`, day: null }))
  if (!draft || !goal) throw new Error('no draft or goal')
  const words = { situation: `shared by ${mark}`, behavior: 'a', impact: 'b' }
  await tx.all(sendDraft(pair, { ...draft, ...words }, 'down'))
  await tx.all(insertCheckIn(pair, goal.id, '2026-03-09', `shared by ${mark}`))
}

const fillFindings = async (
  database: Database,
  {
    pair,
    meeting,
    transcript,
    bytes,
  }: { pair: string; meeting: string; transcript: string; bytes: Uint8Array },
  mark: string,
): Promise<void> => {
  const read = readTranscript(bytes)
  const common = {
    meeting,
    transcript,
    text: `found for ${mark}`,
    state: 'proposed' as const,
    confidence: 1,
    evidence: [],
  }
  await database.as(asPair(pair), async tx => {
    const [job] = await tx.all(query(Identified, sql`select id from job where pair_id = ${pair}`))
    if (!job) throw new Error('no job')
    await tx.run(
      ...storeReading(pair, transcript, read),
      rememberLabels(pair, [{ label: 'Ann', personId: null }], null),
      ...storeTranscriptPassages(pair, transcript, passagesOf(read.lines)),
      insertRun({
        pair,
        person: null,
        job: job.id,
        transcript,
        step: 'read',
        engine: 'reader',
        milliseconds: 1,
        outcome: 'done',
        counts: {},
      }),
    )
    const passages = await tx.all(passagesToEmbed(pair, transcript))
    const vectors = passages.map(({ id }) => ({ id, vector: new Float32Array(512).fill(0.5) }))
    await tx.run(...storeVectors(pair, 'test', vectors))
    const item = await tx.first(insertFinding(pair, { ...common, kind: 'action-item' }, null))
    if (!item) throw new Error('no item')
    await tx.several(
      insertFinding(pair, { ...common, kind: 'decision' }, null),
      insertFinding(pair, { ...common, kind: 'update', item: item.id, status: 'done' }, null),
    )
    await tx.run(...confirmAll(pair, meeting))
    await fillRoadblock(tx, { pair, meeting, transcript }, mark)
  })
}

/** A thread of one mention, what was decided about it, and what else was said there. */
const fillRoadblock = async (
  tx: Tx,
  source: { readonly pair: string; readonly meeting: string; readonly transcript: string },
  mark: string,
): Promise<void> => {
  const { pair, meeting, transcript } = source
  const said = { text: `found for ${mark}`, evidence: [{ line: 1, cues: [0, 0] as const, quote: 'shared' }] }
  const finding = { ...said, kind: 'roadblock' as const, status: 'raised' as const, meeting, transcript }
  const mention = await tx.first(insertFinding(pair, { ...finding, state: 'confirmed', confidence: 1 }, null))
  if (!mention) throw new Error('no mention')
  const thread = crypto.randomUUID()
  await tx.run(
    ...beginThread(pair, thread, mention.id),
    ...replaceRemarks(source, { feedback: [], growth: [said] }),
  )
  const decision = { thread, choice: 'accept' as const, what: `decided for ${mark}`, owner: null, due: null }
  await tx.all(insertRoadblockDecision(pair, { ...decision, promise: null }))
}
