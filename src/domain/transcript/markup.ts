/** The little markup that captions carry: voice tags, styling tags, inner stamps, character entities. */

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00A0'],
  ['lrm', '\u200E'],
  ['rlm', '\u200F'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
])

/** `amp`, `#39`, `#x27` as the character; null for what is no entity. */
const entity = (body: string): string | null => {
  if (!body.startsWith('#')) return entities.get(body) ?? null
  const hex = body[1] === 'x' || body[1] === 'X'
  const code = Number.parseInt(body.slice(hex ? 2 : 1), hex ? 16 : 10)
  const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return Number.isInteger(code) && isLetter ? String.fromCodePoint(code) : null
}

/** The longest entity read here, `&#1114111;`, without its signs. */
const longestEntity = 10
/** Parts joined at once: a list of millions of short strings would fill the memory. */
export const mostParts = 8192

/** Named and numbered entities as letters; what is none stays as it is. Linear. */
export const decodeEntities = (text: string): string => {
  let whole = ''
  let parts: string[] = []
  let from = 0
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const body = /^[#0-9a-zA-Z]{1,10};/.exec(text.slice(at + 1, at + 2 + longestEntity))?.[0].slice(0, -1)
    const letter = body === undefined ? null : entity(body)
    if (body === undefined || letter === null) continue
    parts.push(text.slice(from, at), letter)
    from = at + body.length + 2
    if (parts.length < mostParts) continue
    whole += parts.join('')
    parts = []
  }
  return from === 0 ? text : whole + parts.join('') + text.slice(from)
}

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
  // Up to here the text is spoken for; and the next bracket that closes, found once for many that open.
  let from = 0
  let close = -1
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', Math.max(open + 1, from))) {
    if (close < open) close = text.indexOf('>', open)
    if (close < 0) break
    const tag = close - open > longestTag ? null : text.slice(open + 1, close)
    if (tag === null || !isTag(tag)) continue
    spoken.push(text.slice(from, open))
    from = close + 1
    const voice = voiceName(tag)
    if (voice === null && tag !== '/v') continue
    flush()
    speaker = voice
  }
  spoken.push(text.slice(from))
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
