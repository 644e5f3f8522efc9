import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { temporaryFolder } from '../support/database.ts'
import { type OneOnOne, startOneOnOne } from '../support/one-on-one.ts'
import { launch, rapport, startProcess } from '../support/process.ts'
import { password, startTestProgram, type Visitor, visitor } from '../support/program.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { type Standing, whatStands } from '../support/standing.ts'
import { manager, report, talks } from '../support/talks.ts'

const kills = Number(process.env['RAPPORT_KILLS'] ?? 3)
const uploadsALife = 3
const forms = ['zoom', 'teams', 'meet', 'otter'] as const

/** One form is long, so that reading, finding and embedding it can be hit midway. */
const long = Array.from(
  { length: 40 },
  (_, order) =>
    `${report}: Order ${order} left the shed on time, and the glaze came out as we wanted it to.\n` +
    `${manager}: Good. I'll look at order ${order} myself by Friday.\n`,
)
const spoken = {
  ...talks,
  meet: {
    ...talks.meet,
    text: talks.meet.text.replace('\n\nMeeting ended', `\n${long.join('')}\nMeeting ended`),
  },
}

interface File {
  readonly name: string
  readonly text: string
  readonly hash: string
}

/** The same talk with more blank lines at its end: another file to the program, the same words to read. */
const fileOf = (number: number): File => {
  const { name, text } = spoken[forms[number % forms.length]!]
  const bytes = `${text}${'\n'.repeat(Math.floor(number / forms.length))}`
  return { name: `${number} ${name}`, text: bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}
const talkOf = ({ fileName }: Standing): string => fileName.replace(/^\d+ /, '')

const upload = (who: Visitor, { pair, meeting }: OneOnOne, { name, text }: File) => {
  const form = new FormData()
  form.append('consent', 'yes')
  form.append('file', new Blob([text]), name)
  return who.ask('POST', `/api/pairs/${pair}/meetings/${meeting}/transcripts`, form)
}

/** What failed stays in the list: it is found later, by what stands there. */
const untilNothingIsUnderWay = async (who: Visitor, { pair }: OneOnOne): Promise<void> => {
  for (;;) {
    const { body } = await who.ask('GET', `/api/pairs/${pair}`)
    if (body.jobs.every(({ state }: { state: string }) => state === 'failed')) return
    await wait(50)
  }
}

/** What each talk comes to when nobody kills anything, and how long one of them takes. */
const undisturbed = async () => {
  await using program = await startTestProgram()
  const who = await program.owner(manager)
  const place = await startOneOnOne(who)
  const started = performance.now()
  for (const number of forms.keys()) expect((await upload(who, place, fileOf(number))).status).toBe(201)
  await untilNothingIsUnderWay(who, place)
  const stands = await whatStands(program.database, place.pair)
  return {
    expected: new Map(stands.map(standing => [talkOf(standing), standing])),
    pace: (performance.now() - started) / forms.length,
  }
}

/** Somebody who uploads to one program after the other, and tries again what got no answer. */
const persistent = () => {
  const acknowledged = new Map<string, File>()
  const unsure: File[] = []
  let who: Visitor | undefined
  let place: OneOnOne | undefined
  let made = 0
  const send = async (file: File) => {
    const answer = await upload(who!, place!, file).catch(() => null)
    if (answer === null) unsure.push(file)
    else if (answer.status < 300) acknowledged.set(file.hash, file)
    else throw new Error(`upload: ${answer.status} ${answer.text}`)
  }
  return {
    acknowledged,
    async goTo({ url, link }: { url: string; link: string | null }) {
      const cookie = who?.cookie ?? null
      who = Object.assign(visitor(url), { cookie })
      const fields = { token: link?.split('#')[1], password, name: manager, email: 'ines@example.org' }
      if (cookie === null) await who.ask('POST', '/api/links/use', fields)
      place ??= await startOneOnOne(who)
      return { who, place }
    },
    sendOne: () => send(unsure.shift() ?? fileOf(made++)),
    /** Two windows, one file. */
    async sendTwice() {
      const file = unsure.shift() ?? fileOf(made++)
      await Promise.all([send(file), send(file)])
    },
    async sendUnsure() {
      for (const file of unsure.splice(0)) await send(file)
    },
  }
}

describe('kill -9', () => {
  test(`${kills} times while it starts, takes files and reads: nothing lost, nothing doubled`, async () => {
    const random = randomFrom(seedOfRun('kill -9'))
    const { expected, pace } = await undisturbed()
    await using kept = await temporaryFolder()
    const uploader = persistent()
    let complaints = ''

    const dieWhileStarting = async () => {
      const starting = launch(['start'], { env: { RAPPORT_DATA: kept.folder, PORT: '0' } })
      await wait(random.next() * 1_500)
      complaints += (await starting.end('SIGKILL')).stderr
    }
    const dieAtWork = async () => {
      const running = await startProcess(kept.folder)
      await uploader.goTo(running)
      const answered = random.below(uploadsALife + 1)
      const sending: Promise<void>[] = []
      for (let sent = 0; sent < uploadsALife; sent++) {
        sending.push(sent === 0 ? uploader.sendTwice() : uploader.sendOne())
        // Some are waited for, so that a slow machine acknowledges something in every few lives.
        if (sent < answered) await sending.at(-1)
        await wait(random.next() * pace)
      }
      complaints += (await running.end('SIGKILL')).stderr
      await Promise.all(sending)
    }
    for (let kill = 0; kill < kills; kill++)
      await (kill > 0 && random.below(5) === 0 ? dieWhileStarting() : dieAtWork())

    const last = await startProcess(kept.folder)
    const { who, place } = await uploader.goTo(last)
    await uploader.sendUnsure()
    await untilNothingIsUnderWay(who, place)
    const { code, stderr } = await last.end('SIGTERM')
    expect([code, complaints + stderr]).toEqual([0, ''])

    await using database = await openEmbedded({ folder: kept.folder })
    const stands = await whatStands(database, place.pair)
    expect(uploader.acknowledged.size).toBeGreaterThanOrEqual(kills)
    // One transcript a file: none lost, none doubled, and none that nobody sent.
    expect(stands.map(({ hash }) => hash).toSorted()).toEqual([...uploader.acknowledged.keys()].toSorted())
    for (const standing of stands) {
      const alone = expected.get(talkOf(standing))
      expect(standing.jobs, standing.fileName).toEqual(alone?.jobs)
      expect(standing.reading, standing.fileName).toEqual(alone?.reading)
    }
  }, 300_000)

  // On its first start too: whoever syncs the files of a folder may close its lock by that.
  test.for(['empty', 'migrated'] as const)(
    'a folder has one holder; a dead one’s lock does not stand in the way',
    async content => {
      await using kept = await temporaryFolder(content)
      const first = await startProcess(kept.folder)
      const env = { RAPPORT_DATA: kept.folder, PORT: '0' }
      const sentence = `The data folder ${kept.folder} is in use by another Rapport (process ${first.child.pid}).`
      for (const command of [['start'], ['recover', 'ines@example.org']]) {
        const { code, stdout, stderr } = await rapport(command, { env })
        expect([code, stdout, stderr.split('\n').length], command[0]).toEqual([2, '', 2])
        expect(stderr).toContain(sentence)
      }
      // The refused ones left the holder alone.
      expect((await visitor(first.url).ask('GET', '/api/health')).status).toBe(200)
      await first.end('SIGKILL')
      const second = await startProcess(kept.folder)
      expect((await visitor(second.url).ask('GET', '/api/health')).status).toBe(200)
      expect((await second.end('SIGTERM')).code).toBe(0)
    },
  )
})
