/** The little markup that captions carry: voice tags, styling tags, inner stamps, character entities. */

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
}

const decodeEntity = (whole: string, body: string): string => {
  if (!body.startsWith('#')) return entities[body] ?? whole
  const hex = body[1] === 'x' || body[1] === 'X'
  const code = Number.parseInt(body.slice(hex ? 2 : 1), hex ? 16 : 10)
  const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return Number.isInteger(code) && isLetter ? String.fromCodePoint(code) : whole
}

export const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replaceAll(/&(#?[0-9a-zA-Z]{1,10});/g, decodeEntity) : text

/** A tag longer than this is text with a stray bracket: the scan for its end stays short. */
const longestTag = 200

/** What one voice says in a stretch of markup. */
export interface Voice {
  readonly speaker: string | null
  readonly text: string
}

/** Text by voice: `<v Name>` opens one, other tags go, an unclosed `<v Name>` reaches to the next. */
export const splitVoices = (text: string): Voice[] => {
  if (!text.includes('<')) return [{ speaker: null, text: decodeEntities(text) }]
  const voices: Voice[] = []
  let speaker: string | null = null
  let spoken: string[] = []
  const flush = () => {
    const said = decodeEntities(spoken.join(''))
    if (said.trim() !== '') voices.push({ speaker, text: said })
    spoken = []
  }
  let at = 0
  // The next bracket that closes; found once for many that open, so that the scan stays linear.
  let close = -1
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', at)) {
    spoken.push(text.slice(at, open))
    at = open
    if (close < open) close = text.indexOf('>', open)
    if (close < 0) break
    const tag = close - open > longestTag ? null : text.slice(open + 1, close)
    if (tag === null || !isTag(tag)) {
      spoken.push('<')
      at++
      continue
    }
    const voice = voiceName(tag)
    if (voice !== null || tag === '/v') {
      flush()
      speaker = voice
    }
    at = close + 1
  }
  spoken.push(text.slice(at))
  flush()
  return voices.length > 0 ? voices : [{ speaker: null, text: '' }]
}

/** `v Name`, `/v`, `b`, `c.colour`, `i`, `lang en`, `00:01.000`, `font …`: not "3 < 4 and 5 > 2". */
const isTag = (tag: string): boolean => /^\/?[a-z0-9]/i.test(tag) && !/[\n<]/.test(tag)

const voiceName = (tag: string): string | null => {
  if (tag[0] !== 'v' || (tag[1] !== ' ' && tag[1] !== '.' && tag[1] !== '\t')) return null
  const space = tag.search(/\s/)
  const name = space < 0 ? '' : decodeEntities(tag.slice(space + 1)).trim()
  return name === '' ? null : name
}
