/** The duty a request is for, as the form that is asked for is called. */
export const dutyOf = (body: any): string => body?.response_format?.json_schema?.name ?? '?'

/** What a careful model finds in the talk of the four tools. */
export const foundInTalk = {
  items: [
    {
      text: 'Call the electrician and ask for a date',
      owner: 'M',
      due: 'tomorrow morning',
      kind: 'commitment',
      confidence: 0.9,
      evidence: [{ line: 5, quote: "I'll call the electrician tomorrow morning and ask for a date" }],
    },
  ],
  decisions: [],
  roadblocks: [
    {
      text: 'Waiting on the electrician for the second firing',
      status: 'raised',
      confidence: 0.9,
      evidence: [{ line: 4, quote: "I'm still waiting on the electrician" }],
    },
  ],
  updates: [],
  feedback: [],
  growth: [],
  talk: [{ from: 1, to: 10, label: 'status' }],
}

/** Numbered lines under their kind, as a duty is told them. */
const toldIn = (body: any) => {
  let kind = ''
  return String(body.messages.at(-1)?.content ?? '')
    .split('\n')
    .flatMap(line => {
      kind = /^([a-z-]+):$/.exec(line)?.[1] ?? kind
      const told = /^(\d+) (.+)$/.exec(line)
      return told ? [{ no: Number(told[1]), kind, text: told[2] ?? '' }] : []
    })
}

/** An honest model: it finds what was said, and says each fact of a page as it was told. */
export const honestModel = (body: any): string => {
  const told = toldIn(body)
  switch (dutyOf(body)) {
    case 'extract':
      return JSON.stringify(foundInTalk)
    case 'write-brief':
      return JSON.stringify({ lines: told.map(({ no, kind, text }) => ({ kind, text, from: [no] })) })
    case 'suggest-topics':
    case 'suggest-upward-feedback':
      return JSON.stringify({
        topics: told.map(({ no, text }) => {
          const [, words = text, reason = text] = /^(.+?) \((.+)\)$/.exec(text) ?? []
          return { text: words, reason, from: [no] }
        }),
      })
    case 'compare-roadblocks':
      return JSON.stringify({ links: [] })
    case 'draft-feedback': {
      const [behavior = null] =
        /[A-Z]\w+ filled in the \S+ late/.exec(String(body.messages[1]?.content)) ?? []
      return JSON.stringify({ situation: null, behavior, impact: null, ask: null })
    }
    case 'quotes':
      return JSON.stringify({ quotes: quotesIn(body) })
    case 'word':
      return JSON.stringify({ word: 'lantern' })
    default:
      return 'Ready.'
  }
}

const quotesIn = (body: any) =>
  [...String(body.messages[1]?.content).matchAll(/^(\d+): (.*)$/gm)].map(([, line, quote]) => ({
    line: Number(line),
    quote,
  }))
