import type { TranscriptView } from '../../src/domain/api/transcripts.ts'

/** What a file turned out to be, as people call it. A family without words does not compile. */
const formatWords: Record<NonNullable<TranscriptView['format']>, string> = {
  'zoom-vtt': 'captions from Zoom',
  'zoom-saved-captions': 'captions saved in Zoom',
  'teams-vtt': 'captions with voices, as Teams writes them',
  'teams-text': 'a transcript from Teams',
  vtt: 'captions',
  srt: 'subtitles',
  sbv: 'captions from YouTube',
  'google-meet': 'a transcript from Google Meet',
  'google-meet-entries': 'entries from Google Meet',
  otter: 'a transcript from Otter',
  text: 'text with names',
  'text-turns': 'text with names and times',
  'text-unlabelled': 'text without names',
  html: 'a web page',
  csv: 'a table',
  tsv: 'a table',
  whisper: 'words from Whisper',
  whisperx: 'words from WhisperX',
  deepgram: 'words from Deepgram',
  assemblyai: 'words from AssemblyAI',
  'aws-transcribe': 'words from Amazon Transcribe',
  'google-speech': 'words from Google Speech-to-Text',
  speechmatics: 'words from Speechmatics',
  kaldi: 'words from Kaldi or Vosk',
  fireflies: 'a transcript from Fireflies',
  'podcast-json': 'a podcast’s transcript',
  'subtitle-json': 'subtitles as JSON',
  'json-turns': 'turns as JSON',
  unknown: 'a transcript',
}

export const wordsOfFormat = (format: TranscriptView['format']): string => formatWords[format ?? 'unknown']

/** Endings a chooser offers. What a file is, its content says. */
export const acceptedFiles = '.vtt,.srt,.sbv,.txt,.md,.json,.docx,.html,.htm,.csv,.tsv,text/plain,text/vtt'
