import { describe, expect, test } from 'vitest'
import { readText, said, times } from './reading.ts'

describe('who and when in a row of its own', () => {
  test('Otter: headings above, a missing name, an unknown one, the footer', () => {
    const read = readText(
      'Weekly',
      'Thu, Mar 12, 2026 3:05PM • 44:20',
      '',
      'SUMMARY KEYWORDS',
      'launch, budget',
      '',
      'SPEAKERS',
      'Ann Reed, Ben Ott',
      '',
      'Ann Reed  00:00  ',
      'How are you?',
      'Really.',
      '',
      'Ben Ott  0:04',
      'Fine. I saw it at 10:30',
      '',
      '0:15  ',
      'Who?',
      '',
      '**Unknown Speaker**  1:00:20  ',
      'Me.',
      '',
      'Transcribed by https://otter.ai',
    )
    expect(read).toMatchObject({
      format: 'otter',
      counts: { cues: 4, speakers: 3 },
      speakers: 'named',
      timing: 'exact',
    })
    expect(said(read)).toEqual([
      'Ann Reed: How are you? Really.',
      'Ben Ott: Fine. I saw it at 10:30',
      '?: Who?',
      '?: Me.',
    ])
    expect(times(read).at(-1)).toEqual([3620, null])
  })

  test('Teams: title, date, length and who started it are not spoken', () => {
    const read = readText(
      'Planning-20260312_093000-Meeting Transcript',
      '12 March 2026, 09:30am',
      '27m 42s',
      'Ann Reed started transcription',
      'Ann Reed   0:03',
      'How was it?',
      'Ben Ott   0:07',
      'Calm.',
      'Ann Reed stopped transcription',
    )
    expect(read.format).toBe('teams-text')
    expect(said(read)).toEqual(['Ann Reed: How was it?', 'Ben Ott: Calm.'])
  })

  test('Teams, the elder shape: times, a name, words', () => {
    const block = (at: number, name: string, words: string) => [
      `0:0:${at}.1 --> 0:0:${at + 1}.25`,
      name,
      words,
    ]
    const read = readText(
      ...block(5, 'Ann Reed', 'How was it?'),
      ...block(7, 'Ben Ott', 'Calm.'),
      ...block(9, 'Ann Reed', 'Good.'),
      ...block(11, 'Ben Ott', 'Yes.'),
    )
    expect(said(read)).toEqual([
      'Ann Reed: How was it?',
      'Ben Ott: Calm.',
      'Ann Reed: Good.',
      'Ben Ott: Yes.',
    ])
    expect(times(read)[0]).toEqual([5.1, 6.25])
  })

  test.each([
    ['Fireflies', 'Ann Reed - 00:03', 'Ben Ott - 00:07'],
    ['brackets', 'Ann Reed [00:03]', 'Ben Ott [00:07]'],
    ['parentheses and a colon', 'Ann Reed (00:03):', 'Ben Ott (00:07):'],
    ['time first', '00:03 - Ann Reed', '00:07 - Ben Ott'],
  ])('%s', (_, ann, ben) => {
    const read = readText(
      'Planning',
      '',
      ann,
      'How was it?',
      '',
      ben,
      'Calm. Until 10:30',
      '',
      ann,
      'Good.',
      '',
      ben,
      'Yes.',
    )
    expect(said(read)).toEqual([
      'Ann Reed: How was it?',
      'Ben Ott: Calm. Until 10:30',
      'Ann Reed: Good.',
      'Ben Ott: Yes.',
    ])
    expect(times(read)[0]).toEqual([3, 7])
  })

  test('Zoom’s saved captions count from the first clock time', () => {
    const read = readText('[Ann Reed] 10:02:33', 'Hello', '', '[Ben Ott] 10:02:40', 'Hi there')
    expect(read.format).toBe('zoom-saved-captions')
    expect(times(read)).toEqual([
      [0, 7],
      [7, null],
    ])
  })

  test('a sentence that ends with a time names nobody', () => {
    expect(readText('We met.', 'Come at 10:30', 'Then we left.').counts.speakers).toBe(0)
  })
})
