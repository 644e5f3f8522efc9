import { describe, expect, test } from 'vitest'
import { readText, said, times } from './reading.ts'

describe('tables', () => {
  test('Whisper’s TSV: milliseconds, quotes are letters', () => {
    const read = readText('start\tend\ttext', '0\t2300\tHello, there.', '2300\t4050\t"Yes," she said.', '')
    expect(said(read)).toEqual(['?: Hello, there.', '?: "Yes," she said.'])
    expect(times(read)).toEqual([
      [0, 2.3],
      [2.3, 4.05],
    ])
    expect(read).toMatchObject({ format: 'tsv', counts: { cues: 2 } })
  })

  test('Whisper’s CSV: quoted fields with commas, quotes and line ends', () => {
    const read = readText('start,end,text', '0,2300," Hello, ""you""', 'there."', '2300,4000," Good."')
    expect(said(read)).toEqual(['?: Hello, "you" there.', '?: Good.'])
  })

  test('any table with words and a speaker; the last column may hold delimiters', () => {
    const read = readText(
      'Id;Speaker Name;Start Time;Text',
      '1;Ann;00:00:01;Yes; I do.',
      '2;Ben;00:01:05.5;Good.',
    )
    expect(said(read)).toEqual(['Ann: Yes; I do.', 'Ben: Good.'])
    expect(times(read)).toEqual([
      [1, null],
      [65.5, null],
    ])
  })

  test('seconds stay seconds', () => {
    const read = readText('speaker,start,end,text', 'Ann,1.5,3,Yes.', 'Ben,3,4.25,No.')
    expect(times(read)).toEqual([
      [1.5, 3],
      [3, 4.25],
    ])
  })

  test('a quote that nothing closes is a letter', () => {
    expect(said(readText('speaker,text', 'Ann,"so', 'Ben,yes'))).toEqual(['Ann: "so', 'Ben: yes'])
  })

  test('a table of something else is refused', () => {
    expect(readText('id,price,stock', '1,2.50,8', '2,3.50,9').refusal?.code).toBe('format-unknown')
  })
})
