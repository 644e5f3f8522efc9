import { describe, expect, test } from 'vitest'
import { fileOf, okBody, openPair, untilIdle, startOwned } from '../support/http-seed.ts'
import { talks } from '../support/talks.ts'

const { program, owner } = await startOwned()

const fileOn = (local: string, text: string = talks.otter.text) => {
  const form = fileOf('old.txt', text)
  form.set('local', local)
  return form
}
/** Days of the pair's meetings, the newest first, and how they stand. */
const standing = async (who: Parameters<typeof okBody>[0], at: string) =>
  (await okBody(who, 'GET', at)).meetings.map(({ local, state }: { local: string; state: string }) => [
    local,
    state,
  ])

describe('an old transcript, by its day', () => {
  test('goes to the meeting of that day, whatever the hour', async () => {
    const { mine, at, meeting, pair } = await openPair(program, owner)
    const { transcript } = await okBody(mine, 'POST', `${at}/transcripts`, fileOn('2026-03-10T23:30'))
    expect(transcript).toMatchObject({ meeting, state: 'waiting' })
    await untilIdle(mine, pair)
    expect(await standing(mine, at)).toEqual([['2026-03-10T09:00', 'held']])
    const { transcripts } = await okBody(mine, 'GET', `${at}/transcripts`)
    expect(transcripts).toMatchObject([
      { id: transcript.id, fileName: 'old.txt', state: 'read', work: 'none' },
    ])
  })

  test('of a day without a meeting makes one that was held', async () => {
    const { mine, at } = await openPair(program, owner)
    await okBody(mine, 'POST', `${at}/transcripts`, fileOn('2025-12-02T14:00'))
    expect(await standing(mine, at)).toEqual([
      ['2026-03-10T09:00', 'planned'],
      ['2025-12-02T14:00', 'held'],
    ])
  })

  test('does not revive a meeting that was cancelled', async () => {
    const { mine, at, meeting } = await openPair(program, owner)
    const { version } = (await okBody(mine, 'GET', `${at}/meetings/${meeting}`)).meeting
    await okBody(mine, 'PATCH', `${at}/meetings/${meeting}`, { version, state: 'cancelled' })
    await okBody(mine, 'POST', `${at}/transcripts`, fileOn('2026-03-10T16:00'))
    expect(await standing(mine, at)).toEqual([
      ['2026-03-10T16:00', 'held'],
      ['2026-03-10T09:00', 'cancelled'],
    ])
  })

  test('that is here already makes nothing, not even a meeting', async () => {
    const { mine, at } = await openPair(program, owner)
    const first = await okBody(mine, 'POST', `${at}/transcripts`, fileOn('2025-12-02T14:00'))
    const again = await okBody(mine, 'POST', `${at}/transcripts`, fileOn('2025-12-09T14:00'))
    expect(again).toMatchObject({ already: true, transcript: { id: first.transcript.id } })
    expect(await standing(mine, at)).toHaveLength(2)
  })

  test.each([
    ['without a day', '', 'day-missing', 422],
    ['with a day no calendar has', '2026-02-30T09:00', 'day-missing', 422],
  ])('%s is refused, and nothing is kept', async (_case, local, code, status) => {
    const { mine, at } = await openPair(program, owner)
    const answer = await mine.ask('POST', `${at}/transcripts`, fileOn(local))
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
    expect((await okBody(mine, 'GET', `${at}/transcripts`)).transcripts).toEqual([])
    expect(await standing(mine, at)).toHaveLength(1)
  })
})
