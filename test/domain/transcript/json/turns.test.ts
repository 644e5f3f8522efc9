import { describe, expect, test } from 'vitest'
import { readText, readValue, said, times } from '../reading.ts'

describe('Fireflies', () => {
  const sentences = [
    {
      index: 0,
      text: 'Hello.',
      raw_text: 'hello',
      start_time: '0.48',
      end_time: '1.2',
      speaker_id: 0,
      speaker_name: 'Ann Reed',
    },
    { index: 1, text: 'Hi.', start_time: 1.5, end_time: 2, speaker_id: 1, speaker_name: null },
  ]
  const expected = ['Ann Reed: Hello.', 'Speaker 1: Hi.']

  test('alone, as the interface answers, and as a bare list; the summary is not speech', () => {
    const file = {
      title: 'x',
      date: 1773300000000,
      duration: 30,
      sentences,
      summary: { overview: 'They met.' },
    }
    expect(said(readValue(file))).toEqual(expected)
    expect(said(readValue({ data: { transcript: file } }))).toEqual(expected)
    expect(said(readValue(sentences))).toEqual(expected)
    expect(times(readValue(file))).toEqual([
      [0.48, 1.2],
      [1.5, 2],
    ])
  })
})

describe('other lists of turns', () => {
  test('podcast namespace: each segment is a cue, also of one word', () => {
    const segment = (body: string, startTime: number, speaker: string) => ({
      speaker,
      startTime,
      endTime: startTime + 0.3,
      body,
    })
    const read = readValue({
      version: '1.0.0',
      segments: [segment('Well,', 0.3, 'Ann'), segment('yes.', 0.6, 'Ann'), segment('No.', 0.9, 'Ben')],
    })
    expect(read).toMatchObject({ format: 'podcast-json', counts: { cues: 3, lines: 2, speakers: 2 } })
    expect(said(read)).toEqual(['Ann: Well, yes.', 'Ben: No.'])
  })

  test('subtitle.js: milliseconds, labels in the text', () => {
    const cue = (start: number, text: string) => ({ type: 'cue', data: { start, end: start + 900, text } })
    const read = readValue([cue(100, 'Ann: Hello.'), cue(1000, 'Ben: Hi.')])
    expect(said(read)).toEqual(['Ann: Hello.', 'Ben: Hi.'])
    expect(times(read)[0]).toEqual([0.1, 1])
  })

  test('Meet’s interface: ids for names, absolute times', () => {
    const entry = (id: number, second: number, text: string) => ({
      name: 'conferenceRecords/a/b',
      participant: `conferenceRecords/a/participants/${id}`,
      text,
      languageCode: 'en-US',
      startTime: `2026-01-15T10:30:0${second}Z`,
      endTime: `2026-01-15T10:30:0${second + 1}.5Z`,
    })
    const read = readValue({ transcriptEntries: [entry(1, 0, 'Hello.'), entry(2, 3, 'Hi.')] })
    expect(said(read)).toEqual(['participants/1: Hello.', 'participants/2: Hi.'])
    expect(times(read)).toEqual([
      [0, 1.5],
      [3, 4.5],
    ])
    expect(read.speakers).toBe('labelled')
  })

  test('a program nobody knows, with the usual names', () => {
    const read = readValue({
      meeting: {
        transcript: [
          { speaker: { name: 'Ann' }, timestamp: '00:01:02', content: 'Hello.' },
          { speaker: { name: 'Ben' }, timestamp: '00:01:05', content: 'Hi.' },
        ],
      },
    })
    expect(said(read)).toEqual(['Ann: Hello.', 'Ben: Hi.'])
    expect(times(read)[0]).toEqual([62, null])
  })

  test('an object in each row', () => {
    const read = readText(
      '{"speaker":"Ann","text":"Hello.","start":1}',
      '{"speaker":"Ben","text":"Hi.","start":2}',
      '',
    )
    expect(said(read)).toEqual(['Ann: Hello.', 'Ben: Hi.'])
  })
})
