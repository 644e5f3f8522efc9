import { describe, expect, test } from 'vitest'
import { cuesOfLines, readValue, said, times } from '../reading.ts'

const segment = (start: number, end: number, text: string) => ({
  id: 0,
  seek: 0,
  start,
  end,
  text,
  tokens: [1, 2],
  no_speech_prob: 0.1,
})

describe('Whisper', () => {
  test('segments in seconds, nobody named', () => {
    const read = readValue({
      text: ' Hello. So.',
      segments: [segment(0, 1.5, ' Hello.'), segment(1.5, 2, ' So.')],
      language: 'en',
    })
    expect(read).toMatchObject({ format: 'whisper', speakers: 'none', counts: { cues: 2 } })
    expect(said(read)).toEqual(['?: Hello.', '?: So.'])
    expect(times(read)).toEqual([
      [0, 1.5],
      [1.5, 2],
    ])
  })

  test('what it hallucinates over silence is not speech', () => {
    const read = readValue({
      segments: [segment(0, 1, ' Hello.'), segment(1, 2, ' Transcribed by https://otter.ai')],
    })
    expect(said(read)).toEqual(['?: Hello.'])
  })

  test('WhisperX: speakers on segments, a segment with two voices is one cue of two lines', () => {
    const word = (text: string, start: number | undefined, speaker?: string) => ({
      word: text,
      start,
      end: start,
      score: 0.9,
      speaker,
    })
    const read = readValue({
      segments: [
        {
          start: 0,
          end: 1,
          text: ' Hello you.',
          speaker: 'SPEAKER_00',
          words: [word('Hello', 0, 'SPEAKER_00'), word('you.', undefined)],
        },
        {
          start: 1,
          end: 3,
          text: ' Yes? No.',
          words: [word('Yes?', 1, 'SPEAKER_00'), word('No.', 2, 'SPEAKER_01')],
        },
      ],
    })
    expect(read).toMatchObject({ format: 'whisperx', speakers: 'labelled', counts: { cues: 2, speakers: 2 } })
    expect(said(read)).toEqual(['SPEAKER_00: Hello you. Yes?', 'SPEAKER_01: No.'])
    expect(cuesOfLines(read)).toEqual([[0, 1], [1]])
  })

  test('whisper.cpp counts milliseconds', () => {
    const read = readValue({
      transcription: [{ timestamps: { from: 'a', to: 'b' }, offsets: { from: 0, to: 2500 }, text: ' Hi.' }],
    })
    expect(times(read)).toEqual([[0, 2.5]])
  })

  test('chunks of a pipeline, and the bare text', () => {
    expect(times(readValue({ text: 'Hi.', chunks: [{ timestamp: [0.5, null], text: ' Hi.' }] }))).toEqual([
      [0.5, null],
    ])
    expect(said(readValue({ text: 'Hi. So.' }))).toEqual(['?: Hi.', '?: So.'])
  })
})
