import { readingCoach } from '../../src/coach/offline/coach.ts'
import { openLlmCoach } from '../../src/coach/llm/open.ts'
import { spokenLine, voicesOf } from '../../src/coach/llm/spoken.ts'
import { readTranscript } from '../../src/domain/transcript/read.ts'
import { mostGlossary, mostWishes } from '../../src/domain/api/pair-wishes.ts'
import type { Coach, Extraction } from '../../src/domain/ports.ts'
import { asksBefore } from './before-meeting.ts'
import { openModelServer, tokensOf } from '../../test/support/model-server.ts'
import { randomFrom } from '../../test/support/random.ts'
import { atMost, ms, type Part, ratio, spreadOf, timed } from './measure.ts'
import { transcriptOf } from './talk.ts'
import { managerName, reportName } from './workspace.ts'

const words = 9_000
/** What other tools ask with the whole transcript each: one prompt a list, as short as one can be. */
const features = [
  'action items',
  'decisions',
  'roadblocks',
  'updates',
  'feedback',
  'growth',
  'topics of talk',
]
/** And for what the two read before the next meeting. */
const pages = ['recurring roadblocks', 'topics to raise', "the manager's brief", "the report's brief"]
/** What two can tell the coach at most: names and terms, some of which are spoken of, and what they ask of it. */
const told = {
  language: 'English',
  glossary: [
    'Orlow and sons: electricians',
    'Harborline: the ferry',
    'Kaseeno: our booking program',
    'Tessaly: a glaze',
    ...Array.from({ length: 40 }, (_, no) => `Berth ${no + 1}: where line ${no + 20} lands`),
  ]
    .join('\n')
    .slice(0, mostGlossary),
  wishes: 'Leave out what is about our families and health. '.repeat(9).slice(0, mostWishes),
}
const nothing: Extraction = {
  actionItems: [],
  decisions: [],
  roadblocks: [],
  updates: [],
  feedback: [],
  growth: [],
  talk: [],
}

/** Tokens (o200k, counted by the server) that an hour of talk costs, and our own time beside the model's. */
export const model: Part = async (size, seed) => {
  await using server = await openModelServer({ says: '{"items":[],"talk":[]}' })
  const random = randomFrom(seed)
  const times = size === 'full' ? 15 : 3
  const offline: Coach = { ...readingCoach, engine: 'offline', extract: async () => nothing }
  const settings = { baseUrl: server.url, apiKey: null, model: 'test', fallbackModel: null, context: null }
  const coach = openLlmCoach({ model: settings, offline })
  const roster = {
    manager: { label: managerName, name: managerName },
    report: { label: reportName, name: reportName },
    labels: [managerName, reportName],
  }
  const meetings = Array.from({ length: times }, () =>
    readTranscript(Buffer.from(transcriptOf(random, words, [managerName, reportName]))),
  )
  const openItems = Array.from({ length: 10 }, (_, index) => ({
    id: `${index}`,
    text: 'Send the list of late orders to the harbour office',
    owner: managerName,
  }))
  const own: number[] = []
  for (const { lines } of meetings) own.push(await timed(() => coach.extract({ lines, roster, openItems })))
  const asked = server.questions().map(({ body }) => tokensOf(body))
  const sentBy = async (ask: () => Promise<unknown>) => {
    const before = server.questions().length
    await ask()
    const sent = server.questions().slice(before)
    return sent.reduce((sum, { body }) => sum + tokensOf(body), 0)
  }
  const sentFor: number[] = []
  for (const ask of asksBefore(coach)) sentFor.push(await sentBy(ask))
  const toldFor: number[] = []
  for (const { lines } of meetings)
    toldFor.push(await sentBy(() => coach.extract({ lines, roster, openItems }, { wishes: told })))
  const mostTold = Math.max(...toldFor)
  let everythingTold = mostTold
  for (const ask of asksBefore(coach, told)) everythingTold += await sentBy(ask)
  const voices = voicesOf(roster)
  const transcripts = meetings.map(({ lines }) => lines.map(line => spokenLine(line, voices)).join('\n'))
  const alone = transcripts.map(content => tokensOf({ messages: [{ content }] }))
  const inAll = (wished: readonly string[]) =>
    transcripts.map(content =>
      wished.reduce(
        (sum, one) =>
          sum +
          tokensOf({ messages: [{ content: `List the ${one} of this meeting as JSON.` }, { content }] }),
        0,
      ),
    )
  const each = inAll(features)
  const everything = Math.max(...asked) + sentFor.reduce((sum, tokens) => sum + tokens, 0)
  const eachOfAll = inAll([...features, ...pages])
  const most = Math.max(...asked)
  const middle = (values: readonly number[]) => spreadOf(values).p50
  return {
    title: 'Asking a model about an hour’s transcript',
    about: `${times} meetings of ${words.toLocaleString('en')} words with ten open items; a server of ours answers at once. Tokens of input by o200k, the schema among them.`,
    rows: [
      {
        what: 'tokens sent for everything found in a meeting, at most',
        figure: most.toLocaleString('en'),
        beside: `${middle(each).toLocaleString('en')}, a prompt with the transcript for each of ${features.length} lists`,
        ratio: ratio(most, middle(each)),
        bar: atMost(15_500, most, 'tokens'),
      },
      {
        what: `tokens sent for all of a meeting: that, roadblocks, topics and both briefs (${sentFor.join(', ')})`,
        figure: everything.toLocaleString('en'),
        beside: `${middle(eachOfAll).toLocaleString('en')}, the same for ${features.length + pages.length} lists`,
        ratio: ratio(everything, middle(eachOfAll)),
        bar: atMost(Math.round(middle(alone) * 1.5), everything, 'tokens'),
      },
      {
        what: 'the same for everything found, with the longest glossary and wishes',
        figure: mostTold.toLocaleString('en'),
        beside: `${most.toLocaleString('en')}, without`,
        ratio: ratio(mostTold, most),
        bar: atMost(15_500, mostTold, 'tokens'),
      },
      {
        what: 'the same for all of a meeting, with the longest glossary and wishes',
        figure: everythingTold.toLocaleString('en'),
        beside: `${everything.toLocaleString('en')}, without`,
        ratio: ratio(everythingTold, everything),
        bar: atMost(Math.round(middle(alone) * 1.5), everythingTold, 'tokens'),
      },
      {
        what: 'of these the lines themselves',
        figure: middle(alone).toLocaleString('en'),
        beside: '–',
        ratio: '–',
        bar: '–',
      },
      {
        what: 'our own time for a question, the model’s and the second reader’s aside',
        figure: ms(middle(own.slice(1))),
        beside: `${ms(own[0] ?? 0)}, the first of a process`,
        ratio: '–',
        bar: atMost(200, middle(own.slice(1)), 'ms'),
      },
    ],
  }
}
