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
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

export const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replaceAll(/&(#?[0-9a-zA-Z]{1,10});/g, decodeEntity) : text

/** A tag longer than this is text with a stray bracket: the scan for its end stays short. */
const longestTag = 200

/** Text by voice: `<v Name>` opens one, other tags go, an unclosed `<v Name>` reaches to the next. */
export const splitVoices = (text: string): { speaker: string | null; text: string }[] => {
  if (!text.includes('<')) return [{ speaker: null, text: decodeEntities(text) }]
  const voices: { speaker: string | null; text: string }[] = []
  let speaker: string | null = null
  let spoken = ''
  const flush = () => {
    if (spoken.trim() !== '') voices.push({ speaker, text: decodeEntities(spoken) })
    spoken = ''
  }
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('<', at)
    if (open < 0) break
    spoken += text.slice(at, open)
    const close = text.slice(open, open + longestTag).indexOf('>')
    const tag = close < 0 ? null : text.slice(open + 1, open + close)
    if (tag === null || !isTag(tag)) {
      spoken += '<'
      at = open + 1
      continue
    }
    const voice = voiceName(tag)
    if (voice !== null || tag === '/v') {
      flush()
      speaker = voice
    }
    at = open + close + 1
  }
  spoken += text.slice(at)
  flush()
  return voices.length > 0 ? voices : [{ speaker: null, text: '' }]
}

/** `v Name`, `/v`, `b`, `c.colour`, `i`, `lang en`, `00:01.000`, `font …`: not "3 < 4 and 5 > 2". */
const isTag = (tag: string): boolean => /^\/?[a-z0-9]/i.test(tag) && !tag.includes('\n')

const voiceName = (tag: string): string | null => {
  if (tag[0] !== 'v' || (tag[1] !== ' ' && tag[1] !== '.' && tag[1] !== '\t')) return null
  const space = tag.search(/\s/)
  const name = space < 0 ? '' : decodeEntities(tag.slice(space + 1)).trim()
  return name === '' ? null : name
}
