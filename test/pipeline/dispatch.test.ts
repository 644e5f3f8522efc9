import { expect, test } from 'vitest'
import { asSystem } from '../../src/store/database.ts'
import { claimDispatched, dispatchJobs, putOff } from '../../src/store/dispatch.ts'
import { enqueueChore, finishJob, type Lane } from '../../src/store/jobs.ts'
import { askFor, jobsIn, startOfTwo } from '../support/jobs.ts'

/** What a relay hands over, in which order. */
const { database, one, two } = await startOfTwo()

const handOver = async (most: number, lane: Lane = 'prompt') =>
  (await database.asSystem('jobs', tx => tx.all(dispatchJobs(lane, most)))).map(({ id }) => id)
const claim = (id: string) => database.asSystem('jobs', tx => tx.first(claimDispatched(id, 60)))
const idsOf = async (kind: string) =>
  (await jobsIn(database)).filter(job => job.kind === kind).map(({ id }) => id)

test('the urgent first, then pairs in turns, four of a pair at once and no more until one has ended', async () => {
  for (const round of ['1', '2', '3', '4', '5', '6']) await askFor(database, one, { round })
  await askFor(database, two, { kind: 'extract', round: '1' })
  await askFor(database, two, { kind: 'extract', round: '2' })
  await askFor(database, one, { kind: 'embed', priority: 10 })
  await database.asSystem('jobs', tx =>
    tx.run(
      enqueueChore({ kind: 'late', key: 'late', priority: 1 }),
      enqueueChore({ kind: 'urgent', key: 'urgent', priority: -1 }),
      enqueueChore({ kind: 'not yet', key: 'later', priority: 0, notBefore: '2999-01-01T00:00:00Z' }),
    ),
  )
  const [mine, theirs] = [await idsOf('read'), await idsOf('extract')]
  const [[late], [urgent]] = [await idsOf('late'), await idsOf('urgent')]
  expect(await handOver(3)).toEqual([urgent, mine[0], theirs[0]])
  expect(await handOver(100)).toEqual([mine[1], theirs[1], mine[2], mine[3], late])
  expect(await handOver(100)).toEqual([])
  const held = await claim(mine[0]!)
  await database.asPair(one.pair, tx => tx.all(finishJob(mine[0]!, held!.token)))
  expect(await handOver(100)).toEqual([mine[4]])
  expect(await handOver(100, 'background')).toEqual(await idsOf('embed'))
})

test('of two comparisons of one pair the second is put off until the first has ended; another pair’s is not', async () => {
  for (const round of ['1', '2']) await askFor(database, one, { kind: 'link', round })
  await askFor(database, two, { kind: 'link' })
  const [first, second, other] = await idsOf('link')
  await handOver(100)
  const held = await claim(first!)
  expect(await claim(second!)).toBeUndefined()
  expect(await claim(other!)).toMatchObject({ id: other })
  expect(await database.asSystem('jobs', tx => tx.run(putOff(second!), putOff(first!)))).toEqual([1, 0])
  const putAside = (await jobsIn(database)).find(({ id }) => id === second)
  expect(putAside).toMatchObject({ state: 'ready', attempt: 0, failures: 0 })
  await database.asPair(one.pair, tx => tx.all(finishJob(first!, held!.token)))
  await expect.poll(() => handOver(100)).toEqual([second])
  expect(await claim(second!)).toMatchObject({ id: second, attempt: 1 })
})

test('of comparisons of one pair that are claimed in the same moment one is begun', async () => {
  for (const round of ['1', '2', '3', '4']) await askFor(database, one, { kind: 'link', round })
  await handOver(100)
  const ids = await idsOf('link')
  const begun = await Promise.all(
    ids.map(id => database.change(asSystem('jobs'), claimDispatched(id, 60)).then(([[job]]) => job)),
  )
  expect(begun.filter(job => job !== undefined).length).toBe(1)
})
