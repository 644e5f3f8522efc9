import { afterAll, vi } from 'vitest'
import { updateOfText } from '../../src/notes/document.ts'
import { openSession } from '../../src/store/accounts.ts'
import { hashToken, newToken } from '../../src/store/links.ts'
import { sql } from '../../src/store/sql.ts'
import { seedFeedback } from './http-feedback.ts'
import { password, startTestProgram, type TestProgram, type Visitor } from './program.ts'
import { talks } from './talks.ts'

/** Somebody who has joined. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** A session as a sign-in would have opened it, without the 32 ms of a password. */
export const sessionOf = async ({ database, visitor }: TestProgram, person: string): Promise<Visitor> => {
  const token = newToken()
  await database.asSystem('sign-in', tx => tx.run(openSession(person, hashToken(token), 'A test')))
  return Object.assign(visitor(), { cookie: `__Host-rapport=${token}` })
}

/** The body of an answer that must have come out well. */
export const okBody = async <Body = any>(
  who: Visitor,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> => {
  const answer = await who.ask<Body>(method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.body
}

/** An address nobody else in the test has. */
export const mailOf = (name: string): string => `${name}-${crypto.randomUUID()}@example.org`

const memberOf = async (who: Visitor): Promise<Member> => {
  const { id, name, email } = (await okBody(who, 'GET', '/api/me')).person
  return { id, name, email }
}

export const joinOwner = async (program: TestProgram): Promise<Member> => memberOf(await program.owner())

/** A program for all tests of a file, with its owner joined; it ends with them. */
export const startOwned = async (): Promise<{ readonly program: TestProgram; readonly owner: Member }> => {
  const program = await startTestProgram()
  afterAll(() => program[Symbol.asyncDispose]())
  return { program, owner: await joinOwner(program) }
}

export const joinMember = async (program: TestProgram, by: Member, name: string): Promise<Member> =>
  memberOf(await program.member(await sessionOf(program, by.id), name, mailOf('member')))

/** An administrator who does not own the workspace: no route makes one yet. */
export const joinAdministrator = async (program: TestProgram, by: Member, name: string): Promise<Member> => {
  const made = await joinMember(program, by, name)
  await program.database.asSystem('sign-in', tx =>
    tx.run(sql`insert into administrator (person_id) values (${made.id})`),
  )
  return made
}

const pairWish = (name: string, email?: string) => ({
  me: 'manager',
  other: { name, ...(email ? { email } : {}) },
  timezone: 'Europe/Berlin',
  firstMeeting: '2026-03-10T09:00',
})

/** A 1:1 that `manager` starts and whose other half follows the invitation. */
export const startPair = async (
  program: TestProgram,
  manager: Member,
  name: string,
  secret: string = password,
): Promise<{ pair: string; meeting: string; report: Member }> => {
  const who = await sessionOf(program, manager.id)
  const wish = pairWish(name, mailOf('member'))
  const { id: pair, report } = await okBody(who, 'POST', '/api/pairs', wish)
  const link = await okBody(who, 'POST', `/api/people/${report.id}/invitation`)
  const joined = await program.useLink(link.url, { password: secret })
  const { meetings } = await okBody(who, 'GET', `/api/pairs/${pair}`)
  return { pair, meeting: meetings[0].id, report: await memberOf(joined) }
}

/** A 1:1 of two who have joined, each in a session. */
export const openPair = async (program: TestProgram, owner: Member) => {
  const manager = await joinMember(program, owner, 'Ines Calder')
  const { pair, meeting, report } = await startPair(program, manager, 'Tomasz Brandt')
  return {
    manager,
    report,
    pair,
    meeting,
    at: `/api/pairs/${pair}`,
    mine: await sessionOf(program, manager.id),
    theirs: await sessionOf(program, report.id),
  }
}

/** A 1:1 whose other half has not joined: for what would spoil another one. */
export const startLonelyPair = async (program: TestProgram, manager: Member) => {
  const who = await sessionOf(program, manager.id)
  const { id: pair, report } = await okBody(who, 'POST', '/api/pairs', pairWish('Nils Newcomer'))
  return { pair: pair as string, person: report.id as string }
}

export const fileOf = (name: string, text: string | Uint8Array<ArrayBuffer>, consent = 'yes'): FormData => {
  const form = new FormData()
  form.set('consent', consent)
  form.set('file', new File([text], name))
  return form
}

/** Waits until a pair has no work under way; failed work counts as work. Vectors take their time on a machine with other work. */
export const untilIdle = (who: Visitor, pair: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const { jobs } = await okBody(who, 'GET', `/api/pairs/${pair}`)
      if (jobs.length > 0) throw new Error(`still ${jobs[0].kind}: ${jobs[0].state}`)
    },
    { timeout: 120_000 },
  )

/** Adds a file and waits until nothing is left to do with it. */
export const addTranscript = async (
  who: Visitor,
  { pair, meeting }: { readonly pair: string; readonly meeting: string },
  file: FormData,
): Promise<{ id: string; version: number; job: { id: string } } & Record<string, unknown>> => {
  const added = await okBody(who, 'POST', `/api/pairs/${pair}/meetings/${meeting}/transcripts`, file)
  const path = `/api/pairs/${pair}/transcripts/${added.transcript.id}`
  await untilIdle(who, pair)
  return (await okBody(who, 'GET', path)).transcript
}

export interface SeededPair {
  readonly manager: Member
  readonly report: Member
  readonly pair: string
  readonly meeting: string
  readonly transcript: string
  readonly job: string
  /** An action item that waits to be gone through. */
  readonly finding: string
  /** Something the manager wants to talk about, and what was written about it. */
  readonly item: string
  readonly writing: string
  readonly template: string
  /** The manager's own draft and observation; feedback given down; a goal of the report. */
  readonly draft: string
  readonly observation: string
  readonly feedback: string
  readonly goal: string
  /** Something in the way, said in one meeting, and what was decided about it. */
  readonly roadblock: string
  readonly mention: string
  readonly decision: string
}

/** A word to look for later, by the place it stands in. */
export type Words = (place: string) => string

const wordsOfTheTalk = (word: string): string =>
  `${talks.zoom.text}\n99\n00:02:00.000 --> 00:02:07.000\nTomasz Brandt: The glaze has the number ${word} on its lid.\n`

/**
 * A pair with everything a pair can have, made as its people make it: meeting with a reason, a read
 * transcript, findings of the coach and by hand, one confirmed, and a private note of each.
 */
export const seedPair = async (
  program: TestProgram,
  manager: Member,
  word: Words,
  secret: string = password,
): Promise<SeededPair> => {
  const { pair, meeting, report } = await startPair(program, manager, 'Tomasz Brandt', secret)
  const mine = await sessionOf(program, manager.id)
  const theirs = await sessionOf(program, report.id)
  const at = `/api/pairs/${pair}/meetings/${meeting}`
  const file = fileOf(`${word('file name')}.vtt`, wordsOfTheTalk(word('transcript')))
  const { id: transcript, job } = await addTranscript(mine, { pair, meeting }, file)
  const { version } = (await okBody(mine, 'GET', at)).meeting
  await okBody(mine, 'PATCH', at, { version, why: `Because of ${word('reason')}.` })
  for (const [who, side] of [
    [mine, 'manager'],
    [theirs, 'report'],
  ] as const)
    await okBody(who, 'PUT', `${at}/own-note`, {
      text: `Only for me: ask about the ${word(`note of the ${side}`)} before the summer.`,
      version: 0,
    })
  const note = updateOfText(`Both write: the ${word('shared note')} comes first.`)
  await okBody(theirs, 'POST', `${at}/note`, { update: Buffer.from(note).toString('base64') })
  const byHand = { meeting, transcript, kind: 'action-item', evidence: [] }
  await okBody(mine, 'POST', `/api/pairs/${pair}/findings`, {
    ...byHand,
    text: `Bring the ${word('finding')} to the fair.`,
  })
  const { findings } = await okBody(mine, 'GET', at)
  const waiting = findings.find(
    ({ kind, state }: { kind: string; state: string }) => kind === 'action-item' && state === 'proposed',
  )
  return {
    manager,
    report,
    pair,
    meeting,
    transcript,
    job: job.id,
    finding: waiting.id,
    ...(await seedAgenda(mine, at, word)),
    ...(await seedFeedback(mine, theirs, `/api/pairs/${pair}`, word)),
    ...(await seedRoadblock(mine, { pair, meeting }, word)),
  }
}

const seedRoadblock = async (
  who: Visitor,
  at: { readonly pair: string; readonly meeting: string },
  word: Words,
) => {
  const { addRoadblock } = await import('./http-ledger.ts')
  const made = await addRoadblock(who, at, `Nobody answers about the ${word('roadblock')}.`)
  const path = `/api/pairs/${at.pair}/roadblocks/${made.roadblock}/decisions`
  const wish = { choice: 'accept', what: `Wait for the ${word('decision on it')}.` }
  const { decision } = await okBody(who, 'POST', path, wish)
  return { ...made, decision: decision.id as string }
}

const seedAgenda = async (who: Visitor, meeting: string, word: Words) => {
  const text = `The ${word('agenda item')} for the fair`
  const { id: item } = await okBody(who, 'POST', `${meeting}/agenda`, { text, kind: 'status' })
  const { updates } = await okBody(who, 'POST', `${meeting}/agenda/${item}/writings`, {
    text: `The ${word('written update')} is on its way.`,
  })
  const pair = meeting.split('/meetings/')[0]
  const template = await okBody(who, 'POST', `${pair}/agenda-templates`, {
    name: `For the ${word('template')}`,
    items: [{ text: `How the ${word('template')} went`, kind: null }],
  })
  return { item: item as string, writing: updates[0].id as string, template: template.id as string }
}
