import { setTimeout as wait } from 'node:timers/promises'
import type { Visitor } from './program.ts'
import { report } from './talks.ts'

export interface OneOnOne {
  readonly pair: string
  /** The first meeting. */
  readonly meeting: string
  /** The person who has not joined yet. */
  readonly other: string
}

/** A 1:1 whose manager is the one who asks. */
export const startOneOnOne = async (
  manager: Visitor,
  firstMeeting = '2026-03-10T09:00',
  name = report,
): Promise<OneOnOne> => {
  const { body: pair } = await manager.ask('POST', '/api/pairs', {
    me: 'manager',
    other: { name },
    timezone: 'Europe/Berlin',
    firstMeeting,
  })
  const { body: page } = await manager.ask('GET', `/api/pairs/${pair.id}`)
  return { pair: pair.id, meeting: page.meetings[0].id, other: pair.report.id }
}

export const planMeeting = async (who: Visitor, pair: string, local: string): Promise<string> =>
  (await who.ask('POST', `/api/pairs/${pair}/meetings`, { local })).body.id

/** Adds a transcript as the file it is, and waits until everything was found in it; returns its id. */
export const addTranscript = async (
  who: Visitor,
  { pair, meeting }: Pick<OneOnOne, 'pair' | 'meeting'>,
  { name, text }: { name: string; text: string | Uint8Array<ArrayBuffer> },
): Promise<string> => {
  const form = new FormData()
  form.append('consent', 'yes')
  form.append('file', new Blob([text]), name)
  const added = await who.ask('POST', `/api/pairs/${pair}/meetings/${meeting}/transcripts`, form)
  if (added.status !== 201) throw new Error(`upload: ${added.status} ${added.text}`)
  const { id } = added.body.transcript
  for (;;) {
    const { body } = await who.ask('GET', `/api/pairs/${pair}/transcripts/${id}`)
    const { state, job } = body.transcript
    if (state !== 'waiting' && (!job || job.kind === 'embed' || job.state === 'done')) return id
    await wait(25)
  }
}
