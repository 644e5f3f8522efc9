import { tidy, type Piece } from './cues.ts'
import { longestText, mostCues, mostRows } from './limits.ts'
import { decodeEntities, mostParts } from './markup.ts'
import type { Source } from './decode.ts'
import type { Reader } from './reading.ts'
import { reasons } from './refuse.ts'
import { stampAt } from './stamps.ts'

type Token = { readonly text: string } | { readonly tag: string }

/** What stands in these is never shown. */
const hidden = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head'])

/** Text and tags (`p`, `/p`) of a page. Linear: the end of a thing that nothing ends is looked for once. */
const tokensOf = function* (page: string): Generator<Token> {
  // Only a page with something hidden in it needs a second copy.
  let lower: string | null = null
  const tagStart = /<(\/?[a-z][a-z0-9]{0,20})/iy
  let at = 0
  while (at < page.length) {
    const open = page.indexOf('<', at)
    if (open !== at) yield { text: page.slice(at, open < 0 ? undefined : open) }
    if (open < 0) return
    if (page.startsWith('<!--', open)) {
      const end = page.indexOf('-->', open + 4)
      at = end < 0 ? page.length : end + 3
      continue
    }
    const close = page.indexOf('>', open)
    if (close < 0) {
      yield { text: page.slice(open) }
      return
    }
    tagStart.lastIndex = open
    const tag = tagStart.exec(page)?.[1]?.toLowerCase()
    at = close + 1
    if (tag === undefined) {
      // A bracket that begins no tag is a letter; `<!doctype` and `<?xml` are not shown.
      if (!/[!?]/.test(page[open + 1] ?? '')) {
        yield { text: '<' }
        at = open + 1
      }
    } else if (hidden.has(tag) && page[close - 1] !== '/') {
      lower ??= page.toLowerCase()
      const end = lower.indexOf(`</${tag}`, at)
      at = end < 0 ? page.length : end
    } else yield { tag }
  }
}

const blocks = new Set(
  (
    'p div br li ul ol tr table section article header footer main aside nav h1 h2 h3 h4 h5 h6 hr body html ' +
    'blockquote pre dt dd dl title figure figcaption cite'
  ).split(' '),
)

/** A page as rows of text, as a reader sees them: blocks in rows of their own, cells apart. */
const pageRows = (page: string): string[] => {
  const rows: string[] = []
  let row = ''
  let parts: string[] = []
  let length = 0
  const gather = () => {
    row += parts.join('')
    parts = []
  }
  const end = () => {
    if (row === '' && parts.length === 0) return
    gather()
    const text = tidy(decodeEntities(row))
    if (text !== '') rows.push(text)
    row = ''
  }
  for (const token of tokensOf(page)) {
    // The rest of what is refused for its length need not be looked at.
    if (length > longestText || rows.length > mostRows) break
    const text = 'text' in token ? token.text : token.tag === '/td' || token.tag === '/th' ? ' ' : ''
    length += text.length
    if (text !== '') parts.push(text)
    if (parts.length >= mostParts) gather()
    if ('tag' in token && blocks.has(token.tag.replace('/', ''))) end()
  }
  end()
  return rows
}

interface Segment {
  cite: string
  time: string
  words: string
}

/**
 * `<cite>`, `<time>` and `<p>`: a part that is there already begins the next segment, and so does who or
 * when behind the words, unless the page puts the words first.
 */
const segmentsOf = (page: string): Segment[] => {
  const segments: Segment[] = []
  let inside: keyof Segment | null = null
  let wordsFirst: boolean | null = null
  let begun = new Set<keyof Segment>()
  for (const token of tokensOf(page)) {
    if ('text' in token) {
      const last = segments.at(-1)
      if (inside && last) last[inside] += token.text
      continue
    }
    if (segments.length > mostCues) break
    const part = parts.get(token.tag)
    if (token.tag.startsWith('/')) inside = parts.has(token.tag.slice(1)) ? null : inside
    if (!part) continue
    wordsFirst ??= part === 'words'
    const isNext = begun.has(part) || (!wordsFirst && part !== 'words' && begun.has('words'))
    if (segments.length === 0 || isNext) {
      segments.push({ cite: '', time: '', words: '' })
      begun = new Set()
    }
    begun.add(part)
    inside = part
  }
  return segments
}

const parts: ReadonlyMap<string, keyof Segment> = new Map([
  ['cite', 'cite'],
  ['time', 'time'],
  ['p', 'words'],
])

/** The podcast namespace's page: `<cite>Name:</cite><time>0:30</time><p>words</p>`. A voice goes on until the next. */
const readCites: Reader = ({ text }) => {
  if (!/<(?:cite|time)\b/i.test(text)) return null
  let voice: string | null = null
  const read = segmentsOf(text)
    .map(({ cite, time, words }) => {
      const name = decodeEntities(cite).trim().replace(/:$/, '').trim()
      if (name !== '') voice = name
      const written = time.trim()
      const stamp = stampAt(written, 0)
      const start = stamp && stamp.end === written.length ? stamp.seconds : null
      return { speaker: voice, start, text: decodeEntities(words) }
    })
    .filter(({ text: words, start }) => words.trim() !== '' || start !== null)
  if (read.length < 2 || !read.some(({ start, speaker }) => start !== null || speaker !== null)) return null
  const pieces = read.map((segment, cue): Piece => ({
    cue,
    ...segment,
    end: segment.start === null ? null : (read[cue + 1]?.start ?? null),
  }))
  return { format: 'html', cues: read.length, pieces, problems: [] }
}

const isPage = (text: string): boolean =>
  /^\s{0,200}<(?:!doctype html|!--|html|head|body|main|article|section|div|p|cite|h[1-6]|table)\b/i.test(
    text,
  ) || /^\s{0,200}<!--/.test(text)

/** Pages that do something else than show a talk. */
const isApplication = (text: string): boolean => /<(?:script|nav|form|input|button|iframe)\b/i.test(text)

/**
 * A page of the web: the podcast namespace's, or any whose rows one of the readers of text knows. Without
 * voices or times it must at least be nothing but a page of words.
 */
export const readPage =
  (readText: Reader): Reader =>
  source => {
    if (!isPage(source.text)) return null
    const cites = readCites(source)
    if (cites) return cites
    const lines = pageRows(source.text)
    const inner: Source = { text: lines.join('\n'), lines }
    const answer = readText(inner)
    if (!answer || 'code' in answer) return answer ?? reasons.noSpeech
    return answer.format === 'text-unlabelled' && isApplication(source.text) ? reasons.program : answer
  }
