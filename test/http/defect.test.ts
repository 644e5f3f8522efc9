import { expect, test } from 'vitest'
import { offlineCoach } from '../../src/coach/offline/coach.ts'
import { openBundledEmbedder } from '../../src/embed/bundled.ts'
import { buildApp } from '../../src/http/app.ts'
import { localBus } from '../../src/live/local.ts'
import { openCoachDesk } from '../../src/pipeline/coach-desk.ts'
import { openWriter } from '../../src/pipeline/model-writer.ts'
import { canaries } from '../support/canaries.ts'
import { openTestDatabase } from '../support/database.ts'

test('a defect of ours says neither its cause nor what was asked', async () => {
  const { word, placesIn } = canaries()
  const log: string[] = []
  const database = await openTestDatabase()
  await using embedder = openBundledEmbedder()
  await using bus = localBus()
  const coach = offlineCoach()
  await using writer = openWriter({ database, bus, environment: null, coach })
  const app = await buildApp({
    database,
    clock: { now: () => new Date() },
    queue: { wake: () => undefined },
    bus,
    embedders: { current: async () => embedder },
    coach: openCoachDesk(database, null),
    writer,
    publicUrl: null,
    assets: null,
    isReady: async () => true,
    logLevel: 'debug',
    logTo: { write: line => void log.push(line) },
  })
  // Whoever asks now meets a database that is gone.
  await database[Symbol.asyncDispose]()
  const answer = await app.inject({
    method: 'POST',
    url: `/api/session?${word('asked of a broken program')}`,
    payload: { email: word('asked of a broken program'), password: word('asked of a broken program') },
  })
  await app.close()
  expect([answer.statusCode, answer.json().error.code]).toEqual([500, 'internal'])
  expect(placesIn(answer.body)).toEqual([])
  expect(log.join('')).toContain('request failed')
  expect(placesIn(log.join(''))).toEqual([])
})
