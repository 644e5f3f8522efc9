import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPageIfMissing } from '../src/commands/build-page.ts'
import { openSampleWorkspace } from '../src/commands/sample-workspace.ts'
import { throwAwayFolder } from '../src/commands/throw-away.ts'
import { readConfig } from '../src/config.ts'
import { startRapport } from '../src/main.ts'
import { openBrowser } from '../test/support/chromium.ts'
import { places } from './pictures/places.ts'
import { lookIn, type Seat, seatOf } from './pictures/seat.ts'
import { root } from './run.ts'

/**
 * `npm run pictures`: the pictures of the guides, anew, of the sample pair in a Chromium. `--every FOLDER`
 * takes each of them on a desk and a phone, by day and by night, into a folder to look through; `--only NAME`
 * takes one.
 */
const { values } = parseArgs({
  options: { every: { type: 'string' }, only: { type: 'string', multiple: true } },
})
const folder = values.every ?? join(root, 'docs', 'guides', 'pictures')
await mkdir(folder, { recursive: true })
await buildPageIfMissing()

await using kept = await throwAwayFolder()
await using running = await startRapport(
  readConfig({ RAPPORT_DATA: kept.folder, PORT: '0', LOG_LEVEL: 'silent' }),
)
const password = randomBytes(12).toString('base64url')
const people = await openSampleWorkspace(running, password)
const browser = await openBrowser()
try {
  const seats = new Map<string, Seat>()
  for (const { side, email } of people)
    seats.set(side, await seatOf(browser, running.url, { email, password }))
  for (const place of places) {
    if (values.only && !values.only.includes(place.name)) continue
    if (!values.every && place.onlyToLook) continue
    const seat = seats.get(place.who)
    if (!seat) continue
    process.stdout.write(`${place.name}\n`)
    await lookIn(seat, place, folder, values.every !== undefined)
  }
} finally {
  await browser.close()
}
