import { expect, test } from 'vitest'
import { DataExport } from '../../src/domain/api/export.ts'
import { canaries } from '../support/canaries.ts'
import { joinMember, type Member, seedPair, sessionOf, startOwned } from '../support/http-seed.ts'

const { program, owner } = await startOwned()

/** A pair with a word of its own in every place, some of them private. */
const seeded = async (manager: Member) => {
  const { words, word, placesIn } = canaries()
  const pair = await seedPair(program, manager, word)
  const all = [...words.keys()]
  /** What only one of the two wrote for themselves. */
  const privateTo = (side: string) => all.filter(place => place.endsWith(`of the ${side}`))
  return { ...pair, placesIn, all, privateTo }
}

test('holds all that one may read, and nothing the other keeps to themselves; as JSON and to read', async () => {
  const manager = await joinMember(program, owner, 'Ines Calder')
  const { placesIn, all, privateTo, report } = await seeded(manager)
  const others = await seeded(await joinMember(program, owner, 'Rosa Other'))
  expect(privateTo('manager').length).toBeGreaterThan(2)
  for (const [person, mine, theirs] of [
    [manager.id, 'manager', 'report'],
    [report.id, 'report', 'manager'],
  ] as const) {
    const who = await sessionOf(program, person)
    const json = await who.ask('GET', '/api/me/export')
    const text = await who.ask('GET', '/api/me/export.md')
    expect(DataExport.parse(json.body).person).toBe(person)
    for (const answer of [json, text]) {
      expect(answer.status).toBe(200)
      expect(placesIn(answer.text).toSorted(), mine).toEqual(
        all.filter(place => !privateTo(theirs).includes(place)).toSorted(),
      )
      expect(others.placesIn(answer.text)).toEqual([])
      expect(answer.text).not.toContain('Rosa Other')
    }
    expect(text.text).toMatch(/^# What Rapport holds of /)
  }
})

test('an administrator takes along their own account, and nobody’s words', async () => {
  const { placesIn } = await seeded(await joinMember(program, owner, 'Ines Calder'))
  const who = await sessionOf(program, owner.id)
  const { text, body } = await who.ask('GET', '/api/me/export')
  expect(placesIn(text)).toEqual([])
  expect(body.tables.person).toEqual([expect.objectContaining({ id: owner.id })])
  // A session and its address are there, what would open it is not.
  expect(Object.keys(body.tables)).toContain('session')
  expect(text).not.toMatch(/token_hash|password/)
})
