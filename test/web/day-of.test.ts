import { describe, expect, test } from 'vitest'
import { dayIn, dayOf, localOf } from '../../web/src/folder/day-of.ts'

describe('the day in a name', () => {
  test.each([
    ['GMT20260310-090012_Recording.transcript.vtt', '2026-03-10', '09:00'],
    ['2026-03-10 Ines and Tomasz.txt', '2026-03-10', null],
    ['1on1_2026_03_10.vtt', '2026-03-10', null],
    ['meeting-20260310.srt', '2026-03-10', null],
    ['20260310T093000.vtt', '2026-03-10', '09:30'],
    ['Weekly 1_1 (2026-03-10 at 09_30 GMT+1) - Transcript.txt', '2026-03-10', '09:30'],
    ['Weekly – 2026/3/9.txt', '2026-03-09', null],
    ['10.03.2026 Gespräch.docx', '2026-03-10', null],
    ['Protokoll 10. März 2026.txt', '2026-03-10', null],
    ['réunion du 3 février 2026.txt', '2026-02-03', null],
    ['March 10, 2026, 9.30 notes.txt', '2026-03-10', null],
    ['10 Mar 2026 14-05.vtt', '2026-03-10', '14:05'],
    ['31-12-2025.vtt', '2025-12-31', null],
    ['12/31/2025.vtt', '2025-12-31', null],
    ['05_05_2026.vtt', '2026-05-05', null],
  ])('%s', (name, day, time) => {
    expect(dayIn(name)).toMatchObject({ day, time })
  })

  test.each([
    // Two readings, no calendar has it, a number that is none, a version, a phone number.
    '03-04-2026.vtt',
    '2026-02-30.vtt',
    'recording_120260310999.vtt',
    'notes v2.10.2.txt',
    '+49 30 20261310.txt',
    'Transcript.txt',
  ])('none in %s', name => {
    expect(dayIn(name)).toBeNull()
  })
})

test('a name comes before its folders, folders before the first rows', () => {
  const head = 'Weekly 1:1\nTuesday, 3 March 2026\n'
  expect(dayOf('2026-01-02/2026-01-03.txt', head)).toMatchObject({ found: { day: '2026-01-03' } })
  expect(dayOf('2026-01-02/talk.txt', head)).toMatchObject({ found: { day: '2026-01-02' }, from: 'name' })
  expect(dayOf('talks/talk.txt', head)).toMatchObject({ found: { day: '2026-03-03' }, from: 'text' })
  // A day somebody spoke of says nothing about when they did.
  expect(dayOf('talks/talk.txt', `${'Ann: hello.\n'.repeat(60)}Ann: By 3 March 2026.`)).toBeNull()
})

test('Zoom writes the hour of Greenwich; others write the one on the wall', () => {
  const zoom = dayIn('GMT20260310-233012_Recording.transcript.vtt')!
  expect(localOf(zoom, 'Europe/Berlin', '10:00')).toBe('2026-03-11T00:30')
  expect(localOf(dayIn('2026-03-10 14-05.vtt')!, 'Europe/Berlin', '10:00')).toBe('2026-03-10T14:05')
  expect(localOf(dayIn('2026-03-10.vtt')!, 'Europe/Berlin', '11:30')).toBe('2026-03-10T11:30')
})
