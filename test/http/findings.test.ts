import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/domain/api/findings.ts'
import { addTranscript, fileOf, okBody, openPair, startOwned } from '../support/http-seed.ts'
import { refusalIn } from '../support/http-sign-in.ts'
import { type Visitor } from '../support/program.ts'
import { talks } from '../support/talks.ts'

const { program, owner } = await startOwned()

/** A pair that has just had its talk about the kiln. */
const openTalk = async () => {
  const pair = await openPair(program, owner)
  const transcript = (await addTranscript(pair.mine, pair, fileOf('kiln.vtt', talks.zoom.text))).id
  const findings = async (who = pair.mine): Promise<Finding[]> =>
    (await okBody(who, 'GET', `${pair.at}/transcripts/${transcript}`)).findings
  const first = async (kind: Finding['kind']): Promise<Finding> =>
    (await findings()).find(finding => finding.kind === kind)!
  return { ...pair, transcript, findings, first }
}

const change = (who: Visitor, at: string, { kind, id }: Pick<Finding, 'kind' | 'id'>, wish: unknown) =>
  who.ask<Finding>('PATCH', `${at}/findings/${kind}/${id}`, wish)

const promisesIn = async (who: Visitor, at: string) => (await okBody(who, 'GET', `${at}/promises`)).promises

describe('going through what was found', () => {
  test('confirmed, a promise is open for both; taken back, it waits again', async () => {
    const { mine, theirs, at, first, manager } = await openTalk()
    const found = await first('action-item')
    expect(found).toMatchObject({ state: 'proposed', settledBy: null, version: 1 })
    const { body: confirmed } = await change(mine, at, found, { version: 1, state: 'confirmed' })
    expect(confirmed).toMatchObject({ state: 'open', settledBy: manager.id, version: 2, due: '2026-03-11' })
    expect(await promisesIn(theirs, at)).toMatchObject([{ id: found.id, state: 'open', due: '2026-03-11' }])
    const { body: undone } = await change(theirs, at, found, { version: 2, state: 'proposed' })
    expect(undone).toMatchObject({ state: 'proposed', settledBy: null, settledAt: null, version: 3 })
    expect(await promisesIn(mine, at)).toEqual([])
  })

  test('dismissed, it waits no longer and is not lost', async () => {
    const { mine, at, meeting, first } = await openTalk()
    const waiting = async () =>
      (await okBody(mine, 'GET', at)).meetings.find(({ id }: { id: string }) => id === meeting).waiting
    const before = await waiting()
    const decision = await first('decision')
    expect((await change(mine, at, decision, { version: 1, state: 'dismissed' })).body.state).toBe(
      'dismissed',
    )
    expect(await waiting()).toBe(before - 1)
    expect((await change(mine, at, decision, { version: 2, state: 'proposed' })).body.text).toBe(
      decision.text,
    )
    expect(await waiting()).toBe(before)
  })

  test('text, owner and day are the two’s to change', async () => {
    const { mine, at, first, manager, report } = await openTalk()
    const found = await first('action-item')
    const wish = { version: 1, text: ' Ring the electrician. ', owner: report.id, due: '2026-03-12' }
    expect((await change(mine, at, found, wish)).body).toMatchObject({
      text: 'Ring the electrician.',
      owner: report.id,
      due: '2026-03-12',
      dueCertainty: 'exact',
      evidence: found.evidence,
      settledBy: manager.id,
    })
    const nobodys = { version: 2, owner: null, due: null }
    expect((await change(mine, at, found, nobodys)).body).toMatchObject({
      owner: null,
      due: null,
      dueCertainty: 'none',
    })
    expect(refusalIn(await change(mine, at, found, { version: 3, owner: owner.id }))).toEqual([
      422,
      'owner-unknown',
    ])
    expect(refusalIn(await change(mine, at, found, { version: 3, due: '2026-02-30' }))).toEqual([
      400,
      'invalid-request',
    ])
  })

  test.each(['open', 'done', 'dropped'])('a decision cannot be %s', async state => {
    const { mine, at, first } = await openTalk()
    const answer = await change(mine, at, await first('decision'), { version: 1, state })
    expect(refusalIn(answer)).toEqual([422, 'state-impossible'])
    expect(answer.text).toContain('confirmed')
  })

  test('of two who settle the same at once one is told, and nothing is overwritten', async () => {
    const { mine, theirs, at, first, findings } = await openTalk()
    const found = await first('action-item')
    const answers = await Promise.all([
      change(mine, at, found, { version: 1, state: 'confirmed', text: 'As the manager has it.' }),
      change(theirs, at, found, { version: 1, state: 'dismissed', text: 'As the report has it.' }),
    ])
    const won = answers.find(({ status }) => status === 200)
    const lost = answers.find(({ status }) => status !== 200)
    expect(refusalIn(lost!)).toEqual([409, 'changed-meanwhile'])
    // Both read the same state now, and who it is from; then the other may still decide otherwise.
    const seen = (await findings(theirs)).find(({ id }) => id === found.id)
    expect(seen).toEqual(won!.body)
    expect(seen).toEqual((await findings(mine)).find(({ id }) => id === found.id))
    expect((await change(theirs, at, found, { version: 2, state: 'dismissed' })).body.version).toBe(3)
  })
})

describe('adding by hand', () => {
  const wishFor = (meeting: string, transcript: string | null, evidence: unknown[] = []) => ({
    meeting,
    transcript,
    kind: 'action-item',
    text: 'Read a book.',
    evidence,
  })

  test('the marked words are placed in their line, and it is confirmed at once', async () => {
    const { mine, at, meeting, transcript, report, manager } = await openTalk()
    const wish = {
      ...wishFor(meeting, transcript, [{ line: 2, quote: 'I read a whole book' }]),
      owner: report.id,
      due: '2026-04-01',
    }
    expect(await okBody(mine, 'POST', `${at}/findings`, wish)).toMatchObject({
      state: 'open',
      confidence: null,
      settledBy: manager.id,
      due: '2026-04-01',
      dueCertainty: 'exact',
      evidence: [{ line: 2, quote: 'I read a whole book', cues: [1, 1] }],
    })
    expect(await promisesIn(mine, at)).toHaveLength(1)
  })

  test('words that do not stand in that line are refused', async () => {
    const { mine, at, meeting, transcript } = await openTalk()
    for (const evidence of [
      [{ line: 1, quote: 'I read a whole book' }],
      [{ line: 99, quote: 'I read a whole book' }],
      [
        { line: 2, quote: 'I read a whole book' },
        { line: 2, quote: 'every week' },
      ],
    ])
      expect(
        refusalIn(await mine.ask('POST', `${at}/findings`, wishFor(meeting, transcript, evidence))),
      ).toEqual([422, 'quote-not-found'])
  })

  test('to a transcript of another meeting or another pair it is refused', async () => {
    const { mine, at, meeting, transcript } = await openTalk()
    const other = await openTalk()
    const next = await okBody(mine, 'POST', `${at}/meetings`, { local: '2026-03-17T09:00' })
    const refused = async (wish: unknown) => refusalIn(await mine.ask('POST', `${at}/findings`, wish))
    expect(await refused(wishFor(next.id, transcript))).toEqual([422, 'transcript-elsewhere'])
    expect(await refused(wishFor(meeting, other.transcript))).toEqual([404, 'not-found'])
    expect(await refused(wishFor(other.meeting, null))).toEqual([404, 'not-found'])
    expect(await refused({ ...wishFor(meeting, null), owner: other.report.id })).toEqual([
      422,
      'owner-unknown',
    ])
  })
})

describe('what becomes of a promise', () => {
  /** Five by hand of the manager: one without a day, two on days to come, two on days that have gone by. */
  const openFive = async () => {
    const pair = await openPair(program, owner)
    const { mine, at, meeting, manager } = pair
    const add = (text: string, due: string | null) =>
      okBody<Finding>(mine, 'POST', `${at}/findings`, {
        meeting,
        transcript: null,
        kind: 'action-item',
        text,
        owner: manager.id,
        due,
        evidence: [],
      })
    const made: Finding[] = []
    for (const due of [null, '2199-01-01', '2199-01-02', '2026-03-11', '2026-03-12'])
      made.push(await add(`Read the book by ${due}.`, due))
    return { ...pair, made }
  }

  test('both read every change, what it was before and who made it, and why it was dropped', async () => {
    const { mine, theirs, at, manager, report, made } = await openFive()
    const [first, second] = made
    await change(mine, at, first!, { version: 1, state: 'done' })
    await change(theirs, at, first!, { version: 2, state: 'open' })
    await change(theirs, at, second!, { version: 1, due: '2199-02-01', owner: report.id })
    await change(mine, at, second!, { version: 2, state: 'dropped', why: ' It was sold. ' })
    const page = await okBody(theirs, 'GET', `${at}/promises`)
    expect(page).toEqual(await okBody(mine, 'GET', `${at}/promises`))
    expect(page.changes).toMatchObject([
      { promise: first!.id, by: manager.id, stateBefore: 'open', state: 'done', due: null },
      { promise: first!.id, by: report.id, stateBefore: 'done', state: 'open' },
      {
        promise: second!.id,
        by: report.id,
        state: 'open',
        dueBefore: '2199-01-01',
        due: '2199-02-01',
        ownerBefore: manager.id,
        owner: report.id,
      },
      { promise: second!.id, by: manager.id, stateBefore: 'open', state: 'dropped', reworded: false },
    ])
    const dropped = page.promises.find(({ id }: Finding) => id === second!.id)
    expect(dropped).toMatchObject({ state: 'dropped', why: 'It was sold.' })
    const { body: again } = await change(theirs, at, second!, { version: 3, state: 'open' })
    expect(again.state).toBe('open')
    const after = (await promisesIn(mine, at)).find(({ id }: Finding) => id === second!.id)
    expect(after.why).toBe(null)
  })

  test('the rate of each side: on time, late, dropped, open, and since when', async () => {
    const { mine, at, manager, made } = await openFive()
    const settle = (index: number, state: string) => change(mine, at, made[index]!, { version: 1, state })
    await settle(0, 'done')
    await settle(1, 'dropped')
    await settle(3, 'done')
    const { rates } = await okBody(mine, 'GET', `${at}/promises`)
    expect(rates).toEqual([
      { person: manager.id, onTime: 1, late: 2, dropped: 1, open: 1, since: '2026-03-10' },
    ])
    expect((await okBody(mine, 'GET', `${at}/rhythm`)).promises).toEqual(rates)
  })
})

describe('what is open goes along', () => {
  /** The talk a week later, in which the list is sent and the electrician moves to another day. */
  const aWeekLater = `${[
    ['Ines Calder', 'Hello again. Did you get around to the list of late orders?'],
    ['Tomasz Brandt', 'Yes, I sent you the list of late orders on Friday.'],
    ['Ines Calder', 'Thank you. I did not reach the electrician, I will call the electrician on Thursday.'],
  ]
    .map(([who, words]) => `${who}: ${words}`)
    .join('\n')}\n`

  const openSecondTalk = async () => {
    const talk = await openTalk()
    const { mine, at, pair, findings } = talk
    for (const found of await findings())
      if (found.kind === 'action-item') await change(mine, at, found, { version: 1, state: 'confirmed' })
    const next = await okBody(mine, 'POST', `${at}/meetings`, { local: '2026-03-17T09:00' })
    await addTranscript(mine, { pair, meeting: next.id }, fileOf('later.txt', aWeekLater))
    const updates = (await okBody(mine, 'GET', `${at}/meetings/${next.id}`)).findings.filter(
      ({ kind }: Finding) => kind === 'update',
    ) as Finding[]
    return { ...talk, updates }
  }
  const stateOf = async (who: Visitor, at: string, item: string) => {
    const { state, due, closedAt } = (await promisesIn(who, at)).find(({ id }: { id: string }) => id === item)
    return [state, due, closedAt === null]
  }

  test('and is closed and opened again by hand', async () => {
    const { mine, theirs, at, first } = await openTalk()
    const item = await first('action-item')
    await change(mine, at, item, { version: 1, state: 'confirmed' })
    await okBody(mine, 'POST', `${at}/meetings`, { local: '2026-03-17T09:00' })
    expect((await okBody(theirs, 'GET', at)).promises).toMatchObject([{ id: item.id, state: 'open' }])
    await change(theirs, at, item, { version: 2, state: 'done' })
    expect(await stateOf(mine, at, item.id)).toEqual(['done', '2026-03-11', false])
    expect((await okBody(mine, 'GET', at)).promises).toEqual([])
    await change(mine, at, item, { version: 3, state: 'open' })
    expect(await stateOf(mine, at, item.id)).toEqual(['open', '2026-03-11', true])
  })

  test('"done, by the sound of it" closes it once that is confirmed; undone, it is open again', async () => {
    const { mine, theirs, at, updates } = await openSecondTalk()
    const done = updates.find(({ status }) => status === 'done')!
    expect(done).toMatchObject({ state: 'proposed', item: { text: expect.stringContaining('late') } })
    expect((await stateOf(mine, at, done.item!.id))[0]).toBe('open')
    await change(theirs, at, done, { version: 1, state: 'confirmed' })
    expect((await stateOf(mine, at, done.item!.id))[0]).toBe('done')
    await change(mine, at, done, { version: 2, state: 'proposed' })
    expect(await stateOf(mine, at, done.item!.id)).toEqual(['open', '2026-03-13', true])
  })

  test('"another day" moves it once that is confirmed; undone, it has its old day', async () => {
    const { mine, at, updates } = await openSecondTalk()
    const moved = updates.find(({ status }) => status === 'changed')!
    expect(moved).toMatchObject({ due: '2026-03-19', duePhrase: 'on Thursday' })
    await change(mine, at, moved, { version: 1, state: 'confirmed' })
    expect(await stateOf(mine, at, moved.item!.id)).toEqual(['open', '2026-03-19', true])
    await change(mine, at, moved, { version: 2, state: 'dismissed' })
    expect(await stateOf(mine, at, moved.item!.id)).toEqual(['open', '2026-03-11', true])
  })
})
