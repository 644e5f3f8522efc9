import { randomFrom } from '../../test/support/random.ts'

/**
 * Talk of two people, made by a seed: words as often as words are (Zipf 1949, with Mandelbrot's
 * shift), among them sentences in which something is promised, asked for, decided or stuck.
 */

const common = `the and to you i that it of a we is in so on for was have this be with but not do they
what at just like know if there then as about can are think or one all would my yeah your me some from up
how when really get out more our now go well okay had which been right see time because no by could them
did will good need say who going other make also want work week people here than into thing two first
look over bit maybe still sure should way back last he she his her day next where only why much after`
  .trim()
  .split(/\s+/)

const stems = `account answer basket board branch bridge budget cabin canvas carpet chain chart clinic coast
colour copper corner cotton crane crew custom delay dock draft engine fabric farm ferry fence field filter
flour forest frame garden glass grain guest harbour hinge hotel island kettle kiln kitchen ladder lamp laundry
leather letter library market meadow mill mirror museum needle office orchard oven paint paper parcel pattern
piano pillow pipe planet plank plaster platform pocket port press pump quarry rail recipe river roof room rope
salt sample school screen season shelf shift shore signal silver sketch soap stage station steel stone storm
studio table tailor teacher tender theatre ticket timber tool tower track train tunnel valley vendor village
visit wagon wall warehouse water weather window winter wire wool yard`
  .trim()
  .split(/\s+/)
const beginnings = ['', 're', 'over', 'under', 'out', 'pre', 'un', 'inter', 'sub', 'super']
const endings = ['', 's', 'ing', 'ed', 'er', 'ers', 'less', 'like', 'side', 'work']

/** From the most to the least frequent: 12,000 and some, as in three years of one pair's talk. */
const vocabulary: readonly string[] = [
  ...common,
  ...beginnings.flatMap(beginning => endings.flatMap(end => stems.map(stem => `${beginning}${stem}${end}`))),
]

const shift = 2.7
/** Sums of the weights up to each word, ending at 1. */
const reach: Float64Array = (() => {
  const sums = new Float64Array(vocabulary.length)
  let sum = 0
  for (const index of vocabulary.keys()) {
    sum += 1 / (index + 1 + shift) ** 1.2
    sums[index] = sum
  }
  return sums.map(value => value / sum)
})()

export type Random = ReturnType<typeof randomFrom>

/** A word as often as its rank says. */
const wordFrom = (random: Random): string => {
  const wanted = random.next()
  let low = 0
  let high = reach.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((reach[middle] ?? 1) < wanted) low = middle + 1
    else high = middle
  }
  return vocabulary[low] ?? ''
}

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)]!

/** A word that few passages hold. */
export const rareWord = (random: Random): string =>
  vocabulary[common.length + random.below(vocabulary.length - common.length)] ?? ''

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'tomorrow', 'the end of the month']
const sayings: readonly ((thing: string, day: string) => string)[] = [
  (thing, day) => `I'll send you the list of the ${thing} by ${day}.`,
  (thing, day) => `Could you look at the ${thing} before ${day}?`,
  thing => `Sure, I can do that for the ${thing}.`,
  thing => `I'm still waiting on the ${thing}, so I can't go on with it.`,
  thing => `Let's go with the smaller ${thing} then.`,
  thing => `The ${thing} is done, by the way.`,
  thing => `I liked how calmly you explained the ${thing} to the guests.`,
  thing => `I would like to learn more about the ${thing} this year.`,
]

const sentence = (random: Random): string => {
  if (random.below(6) === 0) return pick(random, sayings)(pick(random, stems), pick(random, days))
  const words = Array.from({ length: 6 + random.below(14) }, () => wordFrom(random))
  const text = words.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random.below(5) === 0 ? '?' : '.'}`
}

/** What one says before the other does: some fifty words. */
export const turn = (random: Random): string =>
  Array.from({ length: 2 + random.below(5) }, () => sentence(random)).join(' ')

const stamp = (at: number): string =>
  `${new Date(at * 1000).toISOString().slice(11, 19)}.${String(Math.floor((at % 1) * 1000)).padStart(3, '0')}`

/** A WebVTT file of that many words, as Zoom writes it: a cue for each sentence. */
export const transcriptOf = (random: Random, words: number, voices: readonly [string, string]): string => {
  const cues: string[] = []
  let said = 0
  let at = 0
  for (let turns = 0; said < words; turns++)
    for (const text of turn(random).split(/(?<=[.?]) /)) {
      const count = text.split(' ').length
      const until = at + count / 2.5
      cues.push(`${cues.length + 1}\n${stamp(at)} --> ${stamp(until)}\n${voices[turns % 2] ?? ''}: ${text}\n`)
      said += count
      at = until
    }
  return `WEBVTT\n\n${cues.join('\n')}`
}

/** What somebody types into the search: a rare word, two words, or a question. */
export const questionFrom = (random: Random): string =>
  pick(random, [
    () => rareWord(random),
    () => `${pick(random, stems)} ${wordFrom(random)}`,
    () => `what did we decide about the ${pick(random, stems)}`,
    () => `${wordFrom(random)} ${wordFrom(random)} ${wordFrom(random)} ${rareWord(random)}`,
  ])()

const topics = 20
/**
 * Vectors like the bundled embedder's: 512 numbers of length one, of a few topics each, and any two a
 * little alike: cosines of 0.12 with a deviation of 0.09, as between questions and the talk of meetings.
 */
export const vectorsFrom = (random: Random) => {
  const around = (from: Random) => from.next() + from.next() + from.next() - 1.5
  const direction = (from: Random) => unit(new Float32Array(512).map(() => around(from)))
  // The same whoever asks: a question is about the topics of the talk.
  const world = randomFrom(512)
  const everything = direction(world)
  const middles = Array.from({ length: topics }, () => direction(world))
  return (): Float32Array => {
    const about = new Float32Array(512)
    for (const middle of middles) {
      const weight = around(random)
      for (const [at, value] of middle.entries()) about[at]! += weight * value
    }
    const [what, noise] = [unit(about), direction(random)]
    return unit(everything.map((value, at) => 0.35 * value + 0.65 * what[at]! + 0.67 * noise[at]!))
  }
}

const unit = (values: Float32Array): Float32Array => {
  const length = Math.hypot(...values)
  return values.map(value => value / length)
}
