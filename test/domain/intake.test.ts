import { expect, test } from 'vitest'
import { type IntakePlace, placeOf } from '../../src/domain/intake.ts'

const tomasz = {
  id: 'tomasz',
  name: 'Tomasz Brandt',
  meetings: [{ id: 'tuesday', at: '2026-03-10T09:00:00Z' }],
}
const rosa = {
  id: 'rosa',
  name: 'Rosa Maier',
  meetings: [
    { id: 'ten', at: '2026-03-10T10:00:00Z' },
    { id: 'four', at: '2026-03-10T16:00:00Z' },
  ],
}

test.each<[what: string, at: string | null, people: string[], place: IntakePlace | null]>([
  [
    'both named, at its time',
    '2026-03-10T09:10:00Z',
    ['Ines Calder', 'Tomasz Brandt'],
    { pair: 'tomasz', meeting: 'tuesday' },
  ],
  ['by first names', '2026-03-10T10:05:00Z', ['Ines', 'Rosa'], { pair: 'rosa', meeting: 'ten' }],
  ['the nearest of a day', '2026-03-10T14:00:00Z', ['Rosa Maier'], { pair: 'rosa', meeting: 'four' }],
  [
    'named, and no meeting at that time: it was held',
    '2026-03-12T09:00:00Z',
    ['Tomasz Brandt', 'Ines Calder'],
    { pair: 'tomasz', at: '2026-03-12T09:00:00Z' },
  ],
  ['no names, one meeting near', '2026-03-10T17:00:00Z', [], { pair: 'rosa', meeting: 'four' }],
  ['no names, two meetings near', '2026-03-10T09:30:00Z', [], null],
  ['no names, none near', '2026-03-11T09:00:00Z', [], null],
  ['no time', null, ['Tomasz Brandt', 'Ines Calder'], null],
  ['somebody else', '2026-03-10T09:00:00Z', ['Ines Calder', 'Sten Berg'], null],
  ['a third person', '2026-03-10T09:00:00Z', ['Ines Calder', 'Tomasz Brandt', 'Sten Berg'], null],
  ['all three known', '2026-03-10T09:00:00Z', ['Ines Calder', 'Tomasz Brandt', 'Rosa Maier'], null],
  ['only oneself', '2026-03-10T09:00:00Z', ['Ines Calder'], null],
])('%s', (_what, at, people, place) => {
  expect(placeOf({ at, people }, 'Ines Calder', [tomasz, rosa])).toEqual(place)
})

test('two of one name are told apart by nothing, so it is asked', () => {
  const other = { ...tomasz, id: 'another', meetings: [] }
  const sent = { at: '2026-03-10T09:00:00Z', people: ['Ines Calder', 'Tomasz Brandt'] }
  expect(placeOf(sent, 'Ines Calder', [tomasz, other])).toBeNull()
})
