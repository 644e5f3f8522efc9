import { describe, expect, test } from 'vitest'
import { promiseInLine } from '../../src/domain/note-promises.ts'

const halves = { manager: 'Maren Østergaard', report: 'Tunde Bakare-Holmqvist' }
const when = {
  meetingLocal: '2026-11-26T10:00',
  timezone: 'Europe/Oslo',
  nextMeetingLocal: '2026-12-03T10:00',
}
const read = (line: string, of = halves) => promiseInLine(line, of, when)

describe('a line with a box', () => {
  test.each<[line: string, owner: 'manager' | 'report' | null, text: string, due: string | null]>([
    [
      '[ ] @Maren write the letter to the port office by Friday',
      'manager',
      'write the letter to the port office',
      '2026-11-27',
    ],
    ['[] @tunde: ask Signe which sailings were full', 'report', 'ask Signe which sailings were full', null],
    ['  - [ ] @Bakare-Holmqvist send the draft tomorrow.', 'report', 'send the draft', '2026-11-27'],
    ['[ ] @Maren Østergaard calls Aksel before our next 1:1', 'manager', 'calls Aksel', '2026-12-03'],
    ['[ ] call Aksel by Friday @mar', 'manager', 'call Aksel', '2026-11-27'],
    ['[ ] Maren writes the letter', 'manager', 'writes the letter', null],
    ['[ ] Østergaard, call the port', 'manager', 'call the port', null],
    ['[ ] Marengo is the colour to order', null, 'Marengo is the colour to order', null],
    ['[ ] @Signe types the times in', null, 'types the times in', null],
    ['[ ] we write it down together', null, 'we write it down together', null],
    ['* [x] @Tunde send the draft', 'report', 'send the draft', null],
    ['[ ] by Friday @Maren', 'manager', 'by Friday', '2026-11-27'],
  ])('%s', (line, owner, text, due) => {
    expect(read(line)).toMatchObject({ owner, text, due, quote: line.trim(), isTicked: line.includes('[x]') })
  })

  test.each([
    '',
    'Aksel can send a file',
    '[ ]',
    '[ ] @Maren',
    '[ ] ...',
    'see [ ] there',
    '[link](x)',
    '[y] no box',
  ])('"%s" is none', line => expect(read(line)).toBeNull())

  test('of two with the same name neither is taken; the whole name tells them apart', () => {
    const alike = { manager: 'Kim Aas', report: 'Kim Berg' }
    expect(read('[ ] @Kim write it', alike)?.owner).toBeNull()
    expect(read('[ ] Kim writes it', alike)?.owner).toBeNull()
    expect(read('[ ] @Kim Berg write it', alike)?.owner).toBe('report')
    expect(read('[ ] @Aas write it', alike)?.owner).toBe('manager')
  })

  test('its box is where it stands, and the day is of the pair’s zone', () => {
    expect(read('  - [X] @Tunde done')).toMatchObject({ box: 4, isTicked: true })
    expect(read('[ ] @Tunde by the end of next week: the draft')?.dueCertainty).not.toBe('none')
  })
})
