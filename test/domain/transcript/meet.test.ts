import { describe, expect, test } from 'vitest'
import { readText, said } from './reading.ts'

const notice = '_This editable transcript was computer generated and might contain errors._'

describe('Google Meet', () => {
  test('markers once a minute: times between them are estimates', () => {
    const read = readText(
      'Mar 12, 2026',
      'Round - Transcript',
      '00:00:00',
      '',
      'Ann Reed: One two three.',
      'Ben Ott: Four five six.',
      '',
      '00:01:00',
      '',
      'Ann Reed: Seven.',
      '',
      'Meeting ended after 00:02:00 👋',
      notice,
    )
    expect(read).toMatchObject({
      format: 'google-meet',
      timing: 'interpolated',
      counts: { cues: 3, speakers: 2 },
    })
    expect(said(read)).toEqual(['Ann Reed: One two three.', 'Ben Ott: Four five six.', 'Ann Reed: Seven.'])
    expect(read.lines.map(({ start }) => start)).toEqual([0, 30, 60])
  })

  test('Notes by Gemini: the summary is not speech, the transcript below is', () => {
    const read = readText(
      '📝 Notes',
      'Ann / Ben',
      'Meeting records Transcript Recording',
      '',
      'Summary',
      'Ann Reed and Ben Ott planned.',
      '',
      'Suggested next steps',
      '* Ben Ott: will write it.',
      '',
      "You should review Gemini's notes to make sure they're accurate.",
      '',
      '📖 Transcript',
      'Mar 12, 2026',
      'Ann / Ben - Transcript',
      '### 00:00:00',
      '**Ann Reed:** Hello.',
      "**Ben Ott's Presentation:** Slide.",
      '**Ben Ott:** Hi.',
      '### 00:01:02',
      '**Ann Reed:** Fine.',
      "**Ben Ott's Presentation:** End.",
      'Transcription ended after 00:02:00',
      notice,
    )
    expect(said(read)).toEqual([
      'Ann Reed: Hello.',
      "Ben Ott's Presentation: Slide.",
      'Ben Ott: Hi.',
      'Ann Reed: Fine.',
      "Ben Ott's Presentation: End.",
    ])
  })

  test('Notes by Gemini without the transcript are refused', () => {
    const read = readText(
      'Notes by Gemini',
      'Summary',
      'They planned.',
      'Details',
      'It is fine.',
      'Suggested next steps',
      '[Ben] will write.',
    )
    expect(read.refusal?.code).toBe('summary-only')
  })
})
