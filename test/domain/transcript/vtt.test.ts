import { describe, expect, test } from 'vitest'
import { cuesOfLines, readText, said, times } from './reading.ts'

describe('WebVTT', () => {
  test('Zoom: labels at the start of cues; a cue without one is nobody’s', () => {
    const read = readText(
      'WEBVTT',
      '',
      '1',
      '00:00:01.000 --> 00:00:02.000',
      'Ann Reed: We moved',
      '',
      '2',
      '00:00:02.000 --> 00:00:03.500',
      'Ann Reed: the launch.',
      '',
      '3',
      '00:00:04.000 --> 00:00:05.000',
      'Why?',
      '',
      '4',
      '00:00:05.000 --> 00:00:06.000',
      'Ben Ott: Tests.',
      '',
      '5',
      '00:00:06.000 --> 00:00:07.000',
      'Ben Ott: And people.',
    )
    expect(read).toMatchObject({ format: 'zoom-vtt', timing: 'exact', speakers: 'named', refusal: null })
    expect(said(read)).toEqual(['Ann Reed: We moved the launch.', '?: Why?', 'Ben Ott: Tests. And people.'])
    expect(cuesOfLines(read)).toEqual([[0, 1], [2], [3, 4]])
    expect(times(read)[0]).toEqual([1, 3.5])
  })

  test('Teams: voice tags, unpadded and negative stamps, unclosed tags, entities, identifiers', () => {
    const read = readText(
      'WEBVTT',
      '',
      '0f0e/12-0',
      '-0:0:1.5 --> 0:0:5.32',
      '<v Ann Reed>Q&amp;A is &lt;done&gt;.</v>',
      '',
      '0f0e/12-1',
      '0:0:6.0 --> 0:0:7.1',
      '<v.loud Ben Ott>Fine <i>by</i> me',
    )
    expect(read).toMatchObject({ format: 'teams-vtt', counts: { cues: 2, speakers: 2 }, problems: [] })
    expect(said(read)).toEqual(['Ann Reed: Q&A is <done>.', 'Ben Ott: Fine by me'])
    expect(times(read)[0]).toEqual([0, 5.32])
  })

  test('two voices in one cue are two lines of one cue', () => {
    const read = readText('WEBVTT', '', '00:01.000 --> 00:02.000', '<v Ann>Yes?</v> <v Ben>No.</v>')
    expect(said(read)).toEqual(['Ann: Yes?', 'Ben: No.'])
    expect(cuesOfLines(read)).toEqual([[0], [0]])
  })

  test('Teams without names: words one empty row below their time; no header is a problem, not a refusal', () => {
    const read = readText(
      '00:00:01.500 --> 00:00:04.000',
      '',
      'Thanks for coming.',
      '',
      '00:00:05.000 --> 00:00:06.000',
      '',
      'Sure.',
    )
    expect(said(read)).toEqual(['?: Thanks for coming.', '?: Sure.'])
    expect(read).toMatchObject({ speakers: 'none', refusal: null })
    expect(read.problems.map(({ code }) => code)).toEqual(['header-missing'])
  })

  test('header, notes, styles and regions are not spoken', () => {
    const read = readText(
      'WEBVTT Weekly',
      'Kind: captions',
      '',
      'NOTE Ann: not said',
      'nor this',
      '',
      'STYLE',
      '::cue { color: red }',
      '',
      'REGION',
      'id:a',
      '',
      '00:00.000 --> 00:01.000 region:a',
      'Said.',
      '',
      'NOTE after',
    )
    expect(said(read)).toEqual(['?: Said.'])
  })

  test('an arrow begins a cue, in the header, in a comment and without an empty row before it', () => {
    const read = readText(
      'WEBVTT',
      '00:00.000 --> 00:01.000',
      'one.',
      'x-->',
      '00:01.000 --> 00:02.000',
      'two.',
      '',
      'NOTE',
      '00:02.000 --> 00:03.000',
      'three.',
    )
    expect(said(read)).toEqual(['?: one.', '?: two.', '?: three.'])
  })

  test('empty cues count; settings may touch the stamp; tabs and form feeds are white space', () => {
    const read = readText(
      'WEBVTT',
      '',
      '00:00.000 --> 00:01.000',
      '',
      '00:01.000 --> 00:02.000align:end',
      'one',
      '',
      '\t\f00:02.000\t-->\f00:03.000',
      'two',
      '',
      '\u000B00:02.000 --> 00:03.000',
      'not a time',
    )
    expect(read.counts.cues).toBe(3)
    expect(cuesOfLines(read)).toEqual([[1, 2]])
    expect(read.problems).toMatchObject([{ code: 'time-not-understood', line: 11 }])
  })

  test.each([
    ['60 seconds', '00:00:60.000 --> 00:01:01.000'],
    ['a digit short', '00:00:0.000 --> 00:00:01.000'],
    ['a digit long', '00:00:00.0000 --> 00:00:01.000'],
    ['a comma', '00:00:00,000 --> 00:00:01,000'],
    ['no fraction', '00:00:00 --> 00:00:01'],
    ['letters', '00:0x:00.000 --> 00:00:01.000'],
    ['nothing behind the arrow', '00:00:00.000 -->'],
  ])('among strict cues, one with %s is left out and reported', (_, timing) => {
    const read = readText('WEBVTT', '', '00:00.000 --> 00:01.000', 'kept', '', timing, 'dropped')
    expect(said(read)).toEqual(['?: kept'])
    expect(read.problems).toMatchObject([{ code: 'time-not-understood', line: 6 }])
  })

  test('unpadded stamps count when the whole file writes them so, or beside a voice tag', () => {
    const all = readText('WEBVTT', '', '0.5 --> 2.25', 'one.', '', '3.0 --> 4.5', 'two.')
    expect(times(all)).toEqual([
      [0.5, 2.25],
      [3, 4.5],
    ])
    const tagged = readText(
      'WEBVTT',
      '',
      '0.5 --> 2.25',
      '<v Ann>one',
      '',
      '01:03.000 --> 01:04.000',
      '<v Ann>two',
    )
    expect(tagged.counts.cues).toBe(2)
    expect(tagged.problems).toEqual([])
  })

  test('overlapping and backward cues keep their words; a line never ends before it begins', () => {
    const read = readText(
      'WEBVTT',
      '',
      '00:05.000 --> 00:04.000',
      '<v Ann>one',
      '',
      '00:01.000 --> 00:09.000',
      '<v Ann>two',
      '',
      '00:02.000 --> 00:03.000',
      '<v Ann>three',
    )
    expect(said(read)).toEqual(['Ann: one two three'])
    expect(times(read)).toEqual([[5, 9]])
  })

  test('captions that roll say each row once', () => {
    const read = readText(
      'WEBVTT',
      '',
      '00:00.320 --> 00:02.550',
      ' ',
      'good<00:00.560><c> morning</c>',
      '',
      '00:02.550 --> 00:02.560',
      'good morning',
      ' ',
      '',
      '00:02.560 --> 00:05.000',
      'good morning',
      'to<00:03.000><c> you</c>',
      '',
      '00:05.000 --> 00:05.010',
      'to you',
      ' ',
    )
    expect(said(read)).toEqual(['?: good morning to you'])
    expect(read.counts.cues).toBe(4)
  })

  test('captions that grow say each word once', () => {
    const read = readText(
      'WEBVTT',
      '',
      '00:00.000 --> 00:01.000',
      'so',
      '',
      '00:01.000 --> 00:02.000',
      'so we',
      '',
      '00:02.000 --> 00:03.000',
      'so we wait',
    )
    expect(said(read)).toEqual(['?: so we wait'])
  })
})
