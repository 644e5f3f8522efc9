import { describe, expect, test } from 'vitest'
import { readText, said, times } from './reading.ts'

describe('plain text', () => {
  test('labels, rows that go on, a heading above', () => {
    const read = readText(
      'Notes of Tuesday',
      '',
      'Ann: So I said: no.',
      'And left.',
      'Ben: See https://example.org at 10:30.',
      'Ann: Ok.',
    )
    expect(said(read)).toEqual([
      'Ann: So I said: no. And left.',
      'Ben: See https://example.org at 10:30.',
      'Ann: Ok.',
    ])
    expect(read).toMatchObject({ format: 'text', timing: 'none', counts: { cues: 3 } })
  })

  test.each([
    ['[00:01] Ann: Hi.', '[00:04] Ben: Yes.'],
    ['00:00:01 Ann: Hi.', '00:00:04 Ben: Yes.'],
    ['Ann [00:01]: Hi.', 'Ben [00:04]: Yes.'],
    ['Ann (0:01): Hi.', 'Ben (0:04): Yes.'],
    ['[Ann 0:01] Hi.', '[Ben 0:04] Yes.'],
    ['**Ann** 0:01: Hi.', '**Ben** 0:04: Yes.'],
  ])('%s', (ann, ben) => {
    const read = readText(ann, ben, ann, ben)
    expect(said(read)).toEqual(['Ann: Hi.', 'Ben: Yes.', 'Ann: Hi.', 'Ben: Yes.'])
    expect(times(read)[0]).toEqual([1, 4])
  })

  test('only what stands under the heading Transcript is speech', () => {
    const read = readText(
      '## Summary',
      'Ann: will do all',
      '## Transcript',
      '[Ann 0:00] Hello.',
      '[Ben 0:04] Hi.',
      '## Action items',
      'Ben: write',
    )
    expect(said(read)).toEqual(['Ann: Hello.', 'Ben: Hi.'])
  })

  test('Whisper on a terminal: times of both ends and no names', () => {
    const read = readText('[00:00.000 --> 00:04.000]  Hello there.', '[00:04.000 --> 00:06.500]  All good.')
    expect(times(read)).toEqual([
      [0, 4],
      [4, 6.5],
    ])
    expect(read.speakers).toBe('none')
  })

  test('prose is somebody’s words, nobody knows whose', () => {
    expect(said(readText('We met today.', 'It was fine.'))).toEqual(['?: We met today.', '?: It was fine.'])
  })
})
