import { describe, expect, test } from 'vitest'
import { cuesOfLines, readText, said, times } from './reading.ts'

const cue = (number: number, start: number, ...rows: string[]): string[] => [
  String(number),
  `00:00:0${start},000 --> 00:00:0${start + 1},500`,
  ...rows,
  '',
]

describe('SubRip', () => {
  test('labels that stand only where the speaker changes reach to the next one', () => {
    const read = readText(
      ...cue(1, 0, 'before anybody is named'),
      ...cue(2, 1, 'Ann Reed: It is good', 'to be here.'),
      ...cue(3, 2, 'And to see you.'),
      ...cue(4, 3, 'All of you.'),
      ...cue(5, 4, 'Ben Ott: Thank'),
      ...cue(6, 5, 'you,', 'Ann Reed: Well then.'),
      ...cue(7, 6, 'Off we go.'),
      ...cue(8, 7, 'Now'),
    )
    expect(said(read)).toEqual([
      '?: before anybody is named',
      'Ann Reed: It is good to be here. And to see you. All of you.',
      'Ben Ott: Thank you,',
      'Ann Reed: Well then. Off we go. Now',
    ])
    expect(read).toMatchObject({ format: 'srt', counts: { cues: 8, speakers: 2 } })
  })

  test('an unknown voice counts as a label of the file and is nobody in the lines', () => {
    const read = readText(
      ...cue(1, 0, 'Ann Reed: Hello.'),
      ...cue(2, 1, 'Unknown: Hi.'),
      ...cue(3, 2, 'Ann Reed: So.'),
      ...cue(4, 3, 'Unknown: Yes.'),
    )
    expect(said(read)).toEqual(['Ann Reed: Hello.', '?: Hi.', 'Ann Reed: So.', '?: Yes.'])
    expect(read.counts.speakers).toBe(2)
  })

  test('an empty row inside a cue does not end it; a footer is not spoken', () => {
    const read = readText(
      ...cue(1, 0, 'first', '', 'and second'),
      ...cue(2, 2, 'third'),
      'Transcribed by https://otter.ai',
    )
    expect(said(read)).toEqual(['?: first and second third'])
  })

  test('WhisperX writes its labels in brackets', () => {
    const read = readText(...cue(1, 0, '[SPEAKER_00]: Hello.'), ...cue(2, 2, '[SPEAKER_01]: Hi.'))
    expect(said(read)).toEqual(['SPEAKER_00: Hello.', 'SPEAKER_01: Hi.'])
    expect(read.speakers).toBe('labelled')
  })

  test('missing hours, missing numbers, lone carriage returns', () => {
    const read = readText('00:01,000 --> 00:02,000\rone.\r\r00:03,000 --> 00:04,000\rtwo.')
    expect(times(read)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('the words under a time that is none belong to no cue', () => {
    const read = readText(
      ...cue(1, 0, 'kept'),
      '2',
      '00:00:0x,000 --> 00:00:09,000',
      'lost',
      '',
      ...cue(3, 5, 'kept too'),
    )
    expect(said(read)).toEqual(['?: kept kept too'])
    expect(read.problems).toMatchObject([{ code: 'time-not-understood', line: 6 }])
  })
})

describe('SBV', () => {
  test('two stamps and a comma; empty cues count; a broken time is reported', () => {
    const read = readText(
      '0:00:00.378,0:00:02.000',
      'one.',
      '',
      '0:00:02.000,0:00:03.000',
      '',
      '0:00:0x.000,0:00:04.000',
      'lost',
      '',
      '0:00:05.000,0:00:04.000',
      'two',
      'rows',
    )
    expect(read).toMatchObject({ format: 'sbv', counts: { cues: 3 } })
    expect(said(read)).toEqual(['?: one.', '?: two rows'])
    expect(cuesOfLines(read)).toEqual([[0], [2]])
    expect(read.problems).toHaveLength(1)
  })
})
