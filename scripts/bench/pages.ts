import { throwAwayFolder } from '../../src/commands/throw-away.ts'
import { asPerson } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openPromises } from '../../src/store/promises.ts'
import { meetingsOfPair, nextMeeting } from '../../src/store/meetings.ts'
import { pairById } from '../../src/store/pairs.ts'
import { launch, startProcess } from '../../test/support/process.ts'
import type { FilledPair } from '../../test/support/rows.ts'
import { loadOverHttp } from './http-load.ts'
import { atLeast, load, type Load, middleOf, type Part, rates, ratio } from './measure.ts'
import { openPlain } from './plain-session.ts'
import { cookieOf, fillYear } from './workspace.ts'

const clients = 100

/** The page's own queries, less the one for work under way. */
const pageQueries = (pair: string) =>
  [pairById(pair), nextMeeting(pair, new Date()), openPromises(pair), meetingsOfPair(pair, 60)] as const

/** The page of a pair: its four reads as somebody, and all of it over HTTP. */
export const pages: Part = async size => {
  const [pairs, rounds, span] = size === 'full' ? [10, 5, 4_000] : [3, 3, 1_000]
  await using kept = await throwAwayFolder()
  const { filled, cookies } = await fill(kept.folder, pairs)
  const secured: Load[] = []
  const plain: Load[] = []
  for (let round = 0; round < rounds; round++) {
    secured.push(await securedReads(kept.folder, filled, span))
    plain.push(await plainReads(kept.folder, filled, span))
  }
  const { page, bare } = await overHttp(kept.folder, filled, cookies, rounds, span)
  const [reads, without, route, empty] = [secured, plain, page, bare].map(middleOf) as [
    Load,
    Load,
    Load,
    Load,
  ]
  return {
    title: 'Page reads, 100 clients at once',
    about: `${pairs} pairs with 53 meetings and what was found in each; the middle one of ${rounds} rounds in turns.`,
    rows: [
      {
        what: 'one identity transaction with the four queries of the page',
        figure: rates(reads),
        beside: `the same queries and folder, superuser, no identity, no row-level security: ${rates(without)}`,
        ratio: ratio(reads.perSecond, without.perSecond),
        bar: atLeast(700, reads.perSecond, '/s'),
      },
      {
        what: 'the page of a pair over HTTP, with a session',
        figure: rates(route),
        beside: `a bare Fastify route with the same answer: ${rates(empty)}`,
        ratio: ratio(route.perSecond, empty.perSecond),
        bar: '–',
      },
    ],
  }
}

const fill = async (folder: string, pairs: number) => {
  await using database = await openEmbedded({ folder })
  const filled: FilledPair[] = []
  for (let pair = 0; pair < pairs; pair++) filled.push(await fillYear(database, `pair ${pair}`))
  const cookies: string[] = []
  for (const { manager, report } of filled)
    cookies.push(await cookieOf(database, manager), await cookieOf(database, report))
  await database.maintain()
  return { filled, cookies }
}

const warmUp = 500

const securedReads = async (folder: string, filled: readonly FilledPair[], span: number): Promise<Load> => {
  await using database = await openEmbedded({ folder })
  const read = async (client: number) => {
    const { pair, manager, report } = filled[client % filled.length]!
    const person = client % 2 === 0 ? manager : report
    const [[found]] = await database.read(asPerson(person), ...pageQueries(pair))
    if (!found) throw new Error('the pair was not found')
  }
  await load(clients, warmUp, read)
  return await load(clients, span, read)
}

const plainReads = async (folder: string, filled: readonly FilledPair[], span: number): Promise<Load> => {
  await using database = await openPlain(folder)
  const { pair, manager } = filled[0]!
  // The text of the queries asks who is asking: said once for the session, not in each transaction.
  await database.script(`set rapport.person = '${manager}'`)
  const read = async () => {
    const [[found] = []] = await database.read(...pageQueries(pair))
    if (!found) throw new Error('the pair was not found')
  }
  await load(clients, warmUp, read)
  return await load(clients, span, read)
}

const overHttp = async (
  folder: string,
  filled: readonly FilledPair[],
  cookies: readonly string[],
  rounds: number,
  span: number,
) => {
  await using program = await startProcess(folder)
  const [first] = filled
  const mine = cookies.slice(0, 2)
  const address = `${program.url}/api/pairs/${first?.pair}`
  const sample = await fetch(address, { headers: { cookie: mine[0] ?? '' } })
  await using server = launch([await sample.text()], { file: 'scripts/bench/bare-server.ts' })
  const [, origin = ''] = await server.says(/listening at (\S+)/)
  const page: Load[] = []
  const bare: Load[] = []
  await loadOverHttp(address, clients, warmUp, mine)
  await loadOverHttp(origin, clients, warmUp)
  for (let round = 0; round < rounds; round++) {
    page.push(await loadOverHttp(address, clients, span, mine))
    bare.push(await loadOverHttp(origin, clients, span))
  }
  return { page, bare }
}
