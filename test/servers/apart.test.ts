import { Redis } from 'ioredis'
import { afterAll, expect, test } from 'vitest'
import { addTranscript, fileOf, joinMember, joinOwner, seedPair, sessionOf } from '../support/http-seed.ts'
import { startTestProgram } from '../support/program.ts'
import { servers } from '../support/servers.ts'
import { talks } from '../support/talks.ts'

/**
 * Two people of two pairs who share connections of a small pool, on two servers. Each private place of
 * both has a word of its own; whatever goes to Redis meanwhile is listened to.
 */
const words = { ines: new Map<string, string>(), sten: new Map<string, string>() }
type Who = keyof typeof words
const wordsOf = (who: Who) => (place: string) => {
  const made = words[who].get(place) ?? `canary${crypto.randomUUID().replaceAll('-', '')}`
  words[who].set(place, made)
  return made
}
const placesIn = (who: Who, text: string) =>
  [...words[who]].filter(([, canary]) => text.includes(canary)).map(([place]) => place)

await using kept = new AsyncDisposableStack()
const told: string[] = []
const log: string[] = []
const { redisUrl } = await servers()
const redis = new Redis(redisUrl)
kept.defer(() => redis.disconnect())
const monitor = await redis.monitor()
kept.defer(() => monitor.disconnect())
monitor.on('monitor', (_at: string, command: string[]) => void told.push(command.join(' ')))
const program = kept.use(
  await startTestProgram({ logLevel: 'debug', logTo: { write: line => void log.push(line) } }),
)
const owned = kept.move()
afterAll(() => owned[Symbol.asyncDispose]())

const owner = await joinOwner(program)
const seeded = async (who: Who, name: string) => {
  const member = await joinMember(program, owner, name)
  const { pair, meeting } = await seedPair(program, member, wordsOf(who))
  const session = await sessionOf(program, member.id)
  const at = `/api/pairs/${pair}`
  const pages = [
    at,
    `${at}/meetings/${meeting}`,
    `${at}/promises`,
    `${at}/agenda`,
    `${at}/roadblocks`,
    '/api/me',
  ]
  return { who, member, pair, meeting, session, pages }
}
const sides = [await seeded('ines', 'Ines Calder'), await seeded('sten', 'Sten Stranger')] as const

test('1,000 requests of two people in turns, ten at once over pooled connections: each reads their own', async () => {
  const found = new Map<Who, Set<string>>([
    ['ines', new Set()],
    ['sten', new Set()],
  ])
  const strange: string[] = []
  let next = 0
  const askOn = async () => {
    for (let number = next++; number < 1_000; number = next++) {
      const [mine, other] = number % 2 === 0 ? sides : ([sides[1], sides[0]] as const)
      // Every fifth asks for the other's, as somebody would who knows the address.
      const wanted = number % 5 === 0 ? other : mine
      const { status, text } = await mine.session.ask('GET', wanted.pages[number % 6]!)
      const foreign = placesIn(other.who, text)
      if (foreign.length > 0 || status >= 500) strange.push(`${number}: ${status} ${foreign.join()}`)
      for (const place of placesIn(mine.who, text)) found.get(mine.who)?.add(place)
    }
  }
  await Promise.all(Array.from({ length: 10 }, askOn))
  expect(strange).toEqual([])
  // What is their own was there to be mixed up.
  for (const places of found.values()) expect([...places].length).toBeGreaterThan(3)
  // A busy machine took a little over a minute.
}, 240_000)

test('Redis is told ids and numbers, and keeps nothing else', async () => {
  const [{ session, pair, meeting, who }] = sides
  const talk = `${talks.zoom.text}\n\n${wordsOf(who)('a second transcript')}`
  await addTranscript(session, { pair, meeting }, fileOf(`${wordsOf(who)('a second name')}.vtt`, talk))
  const lines = told.join('\n')
  // Jobs and live updates went through it.
  expect(lines).toMatch(/j[0-9a-f-]{36}-\d+/)
  expect(lines).toMatch(/publish \{test-[0-9a-f]+\}:live/i)
  const keys: string[] = []
  for await (const some of redis.scanStream({ count: 500 })) keys.push(...(some as string[]))
  const contents = await Promise.all(
    keys.map(async key => {
      const bytes = await redis.dumpBuffer(key)
      return `${key} ${bytes?.toString('latin1') ?? ''}`
    }),
  )
  expect(keys.length).toBeGreaterThan(0)
  for (const side of ['ines', 'sten'] as const) {
    expect(placesIn(side, lines)).toEqual([])
    expect(placesIn(side, contents.join('\n'))).toEqual([])
  }
  expect(lines + contents.join('\n')).not.toMatch(/Ines Calder|Sten Stranger|Tomasz|@example\.org/)
})

test('the logs of all processes tell nobody’s words', () => {
  const lines = log.join('')
  expect(lines).toContain('/api/pairs/:pair')
  for (const side of ['ines', 'sten'] as const) expect(placesIn(side, lines)).toEqual([])
  expect(lines).not.toMatch(/Ines Calder|Sten Stranger|@example\.org/)
})
