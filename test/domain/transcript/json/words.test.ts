import { describe, expect, test } from 'vitest'
import { cuesOfLines, readValue, said, times } from '../reading.ts'

describe('Deepgram', () => {
  const word = (text: string, start: number, speaker?: number) => ({
    word: text.toLowerCase(),
    punctuated_word: text,
    start,
    end: start + 0.5,
    speaker,
  })
  const channel = (...words: readonly unknown[]) => ({ alternatives: [{ transcript: 'x', words }] })

  test('utterances are cues', () => {
    const utterance = (transcript: string, start: number) => ({
      start,
      end: start + 1,
      channel: 0,
      transcript,
      speaker: 0,
      words: [],
    })
    const read = readValue({
      results: {
        channels: [channel(word('x', 0))],
        utterances: [utterance('Hello.', 0), utterance('', 1), utterance('So.', 2)],
      },
    })
    expect(read).toMatchObject({ format: 'deepgram', speakers: 'labelled', counts: { cues: 3, speakers: 1 } })
    expect(cuesOfLines(read)).toEqual([[0, 2]])
  })

  test('words alone: a cue per speaker’s turn', () => {
    const read = readValue({
      results: {
        channels: [
          channel(
            word('How', 0, 0),
            word('so?', 0.5, 0),
            word('Well.', 1, 1),
            word('Yes.', 4, 1),
            word('Ok.', 5, 0),
          ),
        ],
      },
    })
    expect(said(read)).toEqual(['Speaker 0: How so?', 'Speaker 1: Well. Yes.', 'Speaker 0: Ok.'])
    expect(read.counts.cues).toBe(3)
    expect(times(read)[1]).toEqual([1, 4.5])
  })

  test('words without voices: one cue, lines by sentence and silence, each with its time', () => {
    const read = readValue({
      results: { channels: [channel(word('Hello.', 0), word('and', 1), word('so', 9))] },
    })
    expect(read).toMatchObject({ counts: { cues: 1, speakers: 0 }, speakers: 'none' })
    expect(read.lines[0]).toMatchObject({ text: 'Hello.', start: 0, end: 0.5 })
  })

  test('two channels are two voices in order of time', () => {
    const read = readValue({
      results: { channels: [channel(word('One.', 0), word('Three.', 4)), channel(word('Two.', 2))] },
    })
    expect(said(read)).toEqual(['Channel 0: One.', 'Channel 1: Two.', 'Channel 0: Three.'])
  })
})

describe('AssemblyAI counts milliseconds', () => {
  const word = (text: string, start: number, speaker: string | null) => ({
    text,
    start,
    end: start + 500,
    confidence: 1,
    speaker,
  })

  test('utterances', () => {
    const read = readValue({
      id: 'x',
      text: 'a',
      words: [],
      utterances: [
        { speaker: 'A', start: 1437, end: 2500, text: 'Hello.', words: [] },
        { speaker: 'B', start: 2600, end: 3000, text: 'Hi.' },
      ],
    })
    expect(said(read)).toEqual(['A: Hello.', 'B: Hi.'])
    expect(times(read)[0]).toEqual([1.437, 2.5])
    expect(read).toMatchObject({ format: 'assemblyai', speakers: 'labelled' })
  })

  test('no utterances: turns of the words', () => {
    const read = readValue({
      id: 'x',
      text: 'a',
      utterances: null,
      words: [word('Hello', 0, 'A'), word('you.', 600, 'A'), word('Hi.', 1200, 'B')],
    })
    expect(said(read)).toEqual(['A: Hello you.', 'B: Hi.'])
    expect(read.counts.cues).toBe(2)
  })
})

describe('Amazon Transcribe', () => {
  const item = (content: string, start: string, speaker?: string) => ({
    type: 'pronunciation',
    start_time: start,
    end_time: start,
    alternatives: [{ content, confidence: '0.9' }],
    speaker_label: speaker,
  })
  const point = (content: string) => ({ type: 'punctuation', alternatives: [{ content, confidence: '0.0' }] })

  test('voices on the items; punctuation belongs to the word before', () => {
    const read = readValue({
      jobName: 'j',
      results: {
        transcripts: [{ transcript: 'x' }],
        items: [item('Hello', '0.04', 'spk_0'), point('.'), item('Hi', '1.5', 'spk_1'), point('!')],
      },
    })
    expect(said(read)).toEqual(['spk_0: Hello.', 'spk_1: Hi!'])
    expect(read).toMatchObject({ format: 'aws-transcribe', speakers: 'labelled', counts: { cues: 2 } })
  })

  test('voices beside the items', () => {
    const segments = [
      { start_time: '0.0', end_time: '1.0', speaker_label: 'spk_0' },
      { start_time: '1.4', end_time: '2.0', speaker_label: 'spk_1' },
    ]
    const read = readValue({
      results: {
        speaker_labels: { speakers: 2, segments },
        items: [item('Hello', '0.04'), point('.'), item('Hi', '1.5'), point('!')],
      },
    })
    expect(said(read)).toEqual(['spk_0: Hello.', 'spk_1: Hi!'])
  })

  test('segments of sound are cues', () => {
    const read = readValue({
      results: {
        items: [item('x', '0')],
        audio_segments: [
          {
            id: 0,
            transcript: 'Hello.',
            start_time: '0.0',
            end_time: '1.25',
            speaker_label: 'spk_0',
            items: [0],
          },
        ],
      },
    })
    expect(times(read)).toEqual([[0, 1.25]])
  })

  test('two channels', () => {
    const read = readValue({
      results: {
        channel_labels: {
          channels: [
            { channel_label: 'ch_0', items: [item('One', '0.0'), point('.')] },
            { channel_label: 'ch_1', items: [item('Two', '1.0'), point('.')] },
          ],
        },
      },
    })
    expect(said(read)).toEqual(['ch_0: One.', 'ch_1: Two.'])
  })
})

describe('Speechmatics', () => {
  const word = (content: string, start: number, speaker: string) => ({
    type: 'word',
    start_time: start,
    end_time: start + 0.5,
    alternatives: [{ content, confidence: 1, language: 'en', speaker }],
  })
  const point = (content: string, speaker: string) => ({
    ...word(content, 1, speaker),
    type: 'punctuation',
    attaches_to: 'previous',
  })

  test('words and punctuation; UU is nobody', () => {
    const read = readValue({
      format: '2.9',
      job: {},
      results: [
        word('Hello', 0, 'S1'),
        point('.', 'S1'),
        word('Hi', 1, 'S2'),
        point('.', 'S2'),
        word('Hm', 2, 'UU'),
      ],
    })
    expect(said(read)).toEqual(['S1: Hello.', 'S2: Hi.', '?: Hm'])
    expect(read).toMatchObject({ format: 'speechmatics', speakers: 'labelled', counts: { speakers: 2 } })
  })

  test('version 1: words and voices in lists of their own', () => {
    const at = (name: string, time: string, duration: string) => ({ name, time, duration, confidence: '1.0' })
    const read = readValue({
      job: {},
      speakers: [at('M1', '0.0', '1.0'), at('F2', '1.0', '1.0')],
      words: [at('Hello', '0.1', '0.5'), at('.', '0.6', '0.0'), at('Hi', '1.2', '0.3')],
    })
    expect(said(read)).toEqual(['M1: Hello.', 'F2: Hi'])
  })
})

describe('Kaldi', () => {
  const words = [
    { word: 'hello', punct: 'Hello.', start: 0.1, end: 0.5 },
    { word: 'hi', punct: 'Hi.', start: 2.1, end: 2.5 },
  ]
  const segments = [
    { '@type': 'Segment', start: 0, duration: 2, speaker: { '@id': 'S0' } },
    { start: 2, duration: 1, speaker: { '@id': 'S1' } },
  ]

  test('voices beside the words', () => {
    const read = readValue({
      action: 'audio-transcribe',
      retval: { status: true, words, segmentation: { segments } },
    })
    expect(said(read)).toEqual(['S0: Hello.', 'S1: Hi.'])
    expect(read).toMatchObject({ format: 'kaldi', speakers: 'labelled', counts: { cues: 2 } })
  })

  test('words alone', () => expect(said(readValue({ words }))).toEqual(['?: Hello.', '?: Hi.']))

  test('voices alone hold no words', () => {
    expect(readValue({ segmentation: { segments } }).refusal?.code).toBe('no-words')
  })
})

describe('Google Speech', () => {
  test('with voices the last result repeats all words', () => {
    const word = (text: string, startTime: string, speakerTag?: number) => ({
      word: text,
      startTime,
      endTime: startTime,
      speakerTag,
    })
    const alternative = (...words: readonly unknown[]) => ({
      alternatives: [{ transcript: 'Hello. Hi.', words }],
    })
    const read = readValue({
      results: [
        alternative(word('Hello.', '0.1s'), word('Hi.', '1.2s')),
        alternative(word('Hello.', '0.1s', 1), word('Hi.', '1.2s', 2)),
      ],
    })
    expect(said(read)).toEqual(['Speaker 1: Hello.', 'Speaker 2: Hi.'])
  })
})
