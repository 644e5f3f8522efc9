import { z } from 'zod'
import { Refusal } from '../../domain/errors.ts'
import { placeQuote } from '../../domain/evidence.ts'
import type { Verdict } from '../../domain/api/coach.ts'
import type { Endpoint } from './endpoint.ts'
import { isFailure } from './failures.ts'
import { askStructured } from './structured.ts'

/** What an endpoint can do, tried with invented lines and said in plain words; nobody's own go out. */

const people = ['the ferry', 'the harbour office', 'the night crew', 'the ticket desk', 'the new winch']
const days = ['on Monday', 'by the end of June', 'before the storm', 'with care']
const invented = Array.from({ length: 20 }, (_, index) => {
  const text = `We will look after ${people[index % 5] ?? ''} ${days[index % 4] ?? ''}, in box ${index * 7 + 3}.`
  return { no: index + 1, text, spans: [{ cue: index, from: 0, to: text.length }] }
})
/** About as many tokens as an hour of talk. */
const anHour = 'The weather held, the tide was late, and nobody minded waiting a little longer. '.repeat(720)

const Quotes = z.object({ quotes: z.array(z.object({ line: z.int(), quote: z.string() })) })
const Word = z.object({ word: z.string() })

const modeWords = {
  json_schema: 'JSON schema, asked for strictly',
  json_object: 'JSON, with the form told in words',
  text: 'only when it is told in words; every answer is checked all the same',
} as const

interface Trial {
  readonly endpoint: Endpoint
  /** The model that makes vectors, where one is named. */
  readonly embedding: Endpoint
  readonly signal?: AbortSignal
}

/** Verdicts in the order in which they become known; ends early when nothing answers. */
export async function* verdictsOn({ endpoint, embedding, signal }: Trial): AsyncGenerator<Verdict> {
  const options = signal ? { signal } : {}
  const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1)
  const started = performance.now()
  let firstWord = ''
  try {
    await endpoint.ask(
      { messages: [{ role: 'user', content: 'Say: ready.' }] },
      { ...options, onText: () => (firstWord ||= seconds(started)) },
    )
    const when = firstWord === '' ? '' : `First word after ${firstWord} seconds, `
    yield good('answers', 'It answers.', `${when}all of it after ${seconds(started)}`)
  } catch (error) {
    yield bad('answers', 'It does not answer.', sentenceOf(error))
    return
  }
  yield* form(endpoint, options)
  yield* hour(endpoint, options)
  yield* vectors(embedding, options)
  for (const name of (await endpoint.habits()).dropped)
    yield note('dropped', `It refuses the setting ${name}.`, 'Left out from now on. Nothing to do')
}

async function* form(
  endpoint: Endpoint,
  options: { readonly signal?: AbortSignal },
): AsyncGenerator<Verdict> {
  try {
    const { value, mode } = await askStructured(
      endpoint,
      {
        name: 'quotes',
        schema: Quotes,
        listKey: 'quotes',
        messages: [
          {
            role: 'system',
            content:
              'Copy the words of each line, letter for letter, without its number. Answer with one JSON object: {"quotes":[{"line":1,"quote":"…"}]}.',
          },
          { role: 'user', content: invented.map(({ no, text }) => `${no}: ${text}`).join('\n') },
        ],
      },
      options,
    )
    yield (mode === 'text' ? note : good)('form', 'It keeps to a form.', modeWords[mode])
    const stand = invented.filter(line =>
      value.quotes.some(quote => quote.line === line.no && placeQuote(quote, line) !== null),
    ).length
    const says = `${stand} of ${invented.length} quotes stood in the lines`
    yield stand >= 18
      ? good('quotes', 'It copies word for word.', says)
      : bad(
          'quotes',
          'It does not copy word for word.',
          `${says}. Most of what it finds would be thrown away`,
        )
  } catch (error) {
    yield bad('form', 'It does not keep to a form.', sentenceOf(error))
  }
}

async function* hour(
  endpoint: Endpoint,
  options: { readonly signal?: AbortSignal },
): AsyncGenerator<Verdict> {
  const inParts = (tokens: number | null) =>
    note(
      'context',
      'An hour of talk does not fit in one go.',
      `${tokens === null ? 'It' : `It reads about ${tokens.toLocaleString('en')} tokens and`} is asked in parts. Nothing to do; more room gives better answers`,
    )
  try {
    await askStructured(
      endpoint,
      {
        name: 'word',
        schema: Word,
        messages: [
          { role: 'system', content: 'Answer with one JSON object: {"word":"…"}.' },
          { role: 'user', content: `The word is lantern. ${anHour} Which word was named at the beginning?` },
        ],
      },
      options,
    )
    yield good('context', 'An hour of talk fits in one go.', 'A meeting of an hour takes about 13,000 tokens')
  } catch (error) {
    if (isFailure(error, 'model-input-cut')) {
      const tokens = Number(error.details?.['tokens'])
      await endpoint.note({ context: tokens })
      yield inParts(tokens)
    } else if (isFailure(error, 'model-too-long')) yield inParts(null)
    else yield bad('context', 'It did not come to terms with an hour of talk.', sentenceOf(error))
  }
}

async function* vectors(
  endpoint: Endpoint,
  options: { readonly signal?: AbortSignal },
): AsyncGenerator<Verdict> {
  try {
    const [vector] = (await endpoint.embed(['a lantern'], options)).vectors
    const usable = vector?.some(value => value !== 0) ?? false
    yield usable
      ? good('embeddings', 'It makes vectors for search.', `${vector?.length ?? 0} numbers each`)
      : note('embeddings', 'Its vectors are all zero.', 'The bundled ones stay in use. Nothing to do')
  } catch {
    yield note('embeddings', 'It offers no embeddings.', 'The bundled ones stay in use. Nothing to do')
  }
}

const verdict =
  (weight: Verdict['weight']) =>
  (code: string, says: string, more: string): Verdict => ({
    code,
    weight,
    says,
    more,
  })
const good = verdict('good')
const note = verdict('note')
const bad = verdict('bad')

const sentenceOf = (error: unknown): string =>
  error instanceof Refusal ? error.message : 'Something went wrong on our side'
