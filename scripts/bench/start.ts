import { join } from 'node:path'
import { throwAwayFolder } from '../../src/commands/throw-away.ts'
import { launch, rapport } from '../../test/support/process.ts'
import { atMost, type Part, percentiles, ratio, type Spread, spreadOf, timed, timedEach } from './measure.ts'

/** From the command to the first answered request: on a folder that is not there yet, and on one that is. */
export const start: Part = async size => {
  const [first, next] = size === 'full' ? [5, 10] : [2, 3]
  await using kept = await throwAwayFolder()
  const folderOf = (index: number) => join(kept.folder, String(index))
  // Whatever is compiled once for an install is compiled already.
  await untilAnswered(join(kept.folder, 'before'))
  const fresh: number[] = []
  for (let index = 0; index < first; index++) fresh.push(await untilAnswered(folderOf(index)))
  const again: number[] = []
  for (let index = 0; index < next; index++) again.push(await untilAnswered(folderOf(index % first)))
  const nothing = spreadOf(await timedEach(next, () => rapport([], { node: ['-e', '0'] }), 1))
  return {
    title: 'Start',
    about: `\`node scripts/launch.mjs src/cli.ts start\`, which is what \`npm start\` runs, until \`GET /\` is answered; the page is built. ${first} first starts, ${next} later ones.`,
    rows: [
      row('the first start on a new folder', spreadOf(fresh), nothing, 8),
      row('the next', spreadOf(again), nothing, 2),
    ],
  }
}

const row = (what: string, found: Spread, nothing: Spread, bar: number) => ({
  what,
  figure: percentiles(found),
  beside: `node -e 0: ${percentiles(nothing)}`,
  ratio: ratio(found.p50, nothing.p50),
  bar: atMost(bar, found.most / 1000, 's at most'),
})

const untilAnswered = async (folder: string): Promise<number> => {
  const program = { file: 'scripts/launch.mjs', env: { RAPPORT_DATA: folder, PORT: '0' } }
  await using running = launch(['src/cli.ts', 'start'], program)
  const taken = await timed(async () => {
    const [, url = ''] = await running.says(/is open at (\S+)/)
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`the page answered ${answer.status}`)
    await answer.arrayBuffer()
  })
  await running.end()
  return taken
}
