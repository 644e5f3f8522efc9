import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { spreadOf } from '../../scripts/bench/measure.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { type Fleet, type Member, startFleet } from '../support/fleet.ts'
import { type OneOnOne, startOneOnOne } from '../support/one-on-one.ts'
import { password, type Visitor, visitor } from '../support/program.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { whatStands } from '../support/standing.ts'
import { manager, report, talks } from '../support/talks.ts'

/** Minutes of work: asked for by RAPPORT_CHAOS=60 npm test -- test/servers/chaos.test.ts; nine are one of each kind. */
const rounds = Number(process.env['RAPPORT_CHAOS'] ?? 0)
const uploadsARound = Number(process.env['RAPPORT_CHAOS_UPLOADS'] ?? 3)

interface Job {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly attempt: number
  readonly started: number
}
type Blow = (at: {
  fleet: Fleet
  one: (kind: Member['kind']) => Promise<Member>
  jobs: () => Promise<Job[]>
}) => Promise<void>

/** Milliseconds from a worker's death to the moment its job was begun anew. */
const afterDeath: number[] = []

/** Longer than a job's lease of ten seconds. */
const frozen = 13_000

const blows: Readonly<Record<string, Blow>> = {
  'a worker is killed': async ({ one, jobs }) => {
    const worker = await one('work')
    const begun = await vi
      .waitFor(
        async () => {
          const active = (await jobs()).filter(({ state }) => state === 'active')
          expect(active.length).toBeGreaterThan(0)
          return active
        },
        { timeout: 10_000, interval: 20 },
      )
      .catch(() => [])
    const killed = Date.now()
    await worker.replace()
    // Its job is one of these; the other worker's ends without being begun again.
    const of = (all: readonly Job[], { id }: Job) => all.find(job => job.id === id)
    await vi
      .waitFor(
        async () => {
          const now = await jobs()
          expect(
            begun.every(job => of(now, job)?.state !== 'active' || of(now, job)!.attempt > job.attempt),
          ).toBe(true)
        },
        { timeout: 30_000, interval: 100 },
      )
      .catch(() => undefined)
    const now = await jobs()
    for (const job of begun) {
      const later = of(now, job)
      if (later && later.attempt > job.attempt) afterDeath.push(later.started - killed)
    }
  },
  'a server is killed': async ({ one }) => (await one('serve')).replace(),
  'Redis is killed and comes back with its file': ({ fleet }) => fleet.restartRedis(true),
  'Redis is killed and comes back without its file': ({ fleet }) => fleet.restartRedis(false),
  'Redis is flushed': async ({ fleet }) => void (await fleet.redis(redis => redis.flushall())),
  'Redis is paused': async ({ fleet: { services } }) => {
    services.redis.kill('SIGSTOP')
    await wait(4_000)
    services.redis.kill('SIGCONT')
  },
  'PostgreSQL is restarted': async ({ fleet: { services } }) => {
    await services.postgres.stop('SIGINT')
    await services.postgres.start()
  },
  'PostgreSQL crashes': async ({ fleet: { services } }) => {
    await services.postgres.stop('SIGQUIT')
    await services.postgres.start()
  },
  'a worker is frozen for longer than its lease': async ({ one }) => {
    const { child } = await (await one('work')).up()
    child.kill('SIGSTOP')
    await wait(frozen)
    child.kill('SIGCONT')
  },
}

/** Long enough that reading, finding and embedding it can be hit midway; no two are the same. */
const fileOf = (number: number) => {
  const text = Array.from(
    { length: 60 },
    (_, order) =>
      `${report}: Order ${order} left the shed on time, and the glaze came out as we wanted it to.\n` +
      `${manager}: Good. I'll look at order ${order} myself by Friday.\n`,
  ).join('')
  const whole = `${talks.meet.text.replace('\n\nMeeting ended', `\n${text}\nMeeting ended`)}${'\n'.repeat(number)}`
  return { name: `${number}.txt`, text: whole, hash: createHash('sha256').update(whole).digest('hex') }
}

test.skipIf(rounds === 0)(
  `${rounds} blows while files come in: each acknowledged one has its result, once`,
  async () => {
    const random = randomFrom(seedOfRun('chaos'))
    await using fleet = await startFleet()
    const one = async (kind: Member['kind']): Promise<Member> => {
      const all = fleet.members.filter(member => member.kind === kind)
      // The other is there meanwhile.
      await vi.waitFor(() => expect(all.every(member => member.isUp())).toBe(true), {
        timeout: 180_000,
        interval: 50,
      })
      return all[random.below(all.length)]!
    }
    const jobs = () =>
      asked<Job>(
        fleet.ownerUrl,
        `select id, kind, state, attempt, extract(epoch from started_at)::float8 * 1000 as started from job
        where transcript_id is not null`,
      )
    const { who, place } = await begin(fleet)
    const acknowledged = new Set<string>()
    const unsure: ReturnType<typeof fileOf>[] = []
    let made = 0
    const send = async (file: ReturnType<typeof fileOf>) => {
      const urls = fleet.members.flatMap(member => member.url() ?? [])
      const url = urls[random.below(urls.length)]
      const answer = url
        ? await upload(Object.assign(visitor(url), { cookie: who.cookie }), place, file)
        : null
      if (answer !== null && answer.status < 300) acknowledged.add(file.hash)
      else if (answer === null || answer.status >= 500) unsure.push(file)
      else throw new Error(`upload: ${answer.status} ${answer.text}`)
    }

    const names = Object.keys(blows)
    for (let round = 0; round < rounds; round++) {
      // Each kind equally often; which comes at what moment is chance.
      const blow = blows[names[round % names.length]!]!
      const sending = Array.from({ length: uploadsARound }, async () => {
        await wait(random.next() * 1_500)
        await send(unsure.shift() ?? fileOf(made++))
      })
      await Promise.all([blow({ fleet, one, jobs }), ...sending])
    }
    await Promise.all(fleet.members.map(member => vi.waitFor(() => member.up(), { timeout: 180_000 })))
    while (unsure.length > 0) await send(unsure.shift()!)
    const last = await vi.waitFor(
      async () => {
        const all = await jobs()
        expect(all.filter(({ state }) => state === 'ready' || state === 'active')).toEqual([])
        return all
      },
      { timeout: 900_000, interval: 500 },
    )

    await using database = await openPostgres({ url: fleet.databaseUrl, connections: 2 })
    const stands = await whatStands(database, place.pair)
    expect(stands.map(({ hash }) => hash).toSorted()).toEqual([...acknowledged].toSorted())
    for (const standing of stands) {
      expect(standing.reading.state).toBe('read')
      expect(
        standing.jobs.map(({ state, runs }) => [state, runs]),
        standing.fileName,
      ).toEqual(standing.jobs.map(() => ['done', 1]))
      // The same words come to the same findings, whatever befell whom.
      expect(standing.reading.findings.length).toBe(stands[0]!.reading.findings.length)
    }
    // As many begun as there are, but for those that a blow met.
    const calls = last.filter(({ kind }) => kind === 'extract')
    const again = (some: readonly Job[]) =>
      some.reduce((sum, { attempt }) => sum + attempt - 1, 0) / some.length
    const { count, p50, p99 } = spreadOf(afterDeath)
    process.stdout.write(
      `chaos: ${rounds} blows, ${acknowledged.size} files, ${last.length} jobs; begun again ${percent(again(last))} of all, ` +
        `${percent(again(calls))} of those that ask the coach; a dead worker’s job begun anew: ${count} times` +
        `${count > 0 ? `, p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms` : ''}\n`,
    )
  },
  3_600_000,
)

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

const upload = (
  who: Visitor,
  { pair, meeting }: OneOnOne,
  { name, text }: { name: string; text: string },
) => {
  const form = new FormData()
  form.append('consent', 'yes')
  form.append('file', new Blob([text]), name)
  return who.ask('POST', `/api/pairs/${pair}/meetings/${meeting}/transcripts`, form).catch(() => null)
}

/** The workspace's owner, in a 1:1. */
const begin = async ({ members }: Fleet) => {
  const [server] = members
  const who = visitor(server?.url() ?? '')
  // Of two links the one made last opens.
  for (const member of members) {
    const token = member.link()
    if (token === null || who.cookie !== null) continue
    await who.ask('POST', '/api/links/use', {
      token,
      password,
      name: manager,
      email: 'ines@example.org',
      workspace: 'Kiln',
    })
  }
  return { who, place: await startOneOnOne(who) }
}

const asked = async <Row>(url: string, text: string): Promise<Row[]> => {
  for (;;) {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return (await client.query(text)).rows as Row[]
    } catch (error) {
      if (!/^(?:ECONN|57P|08)/.test((error as { code?: string }).code ?? 'ECONN')) throw error
      await wait(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
