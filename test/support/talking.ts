import type { ExtractInput, Roster } from '../../src/domain/ports.ts'
import type { Line } from '../../src/domain/transcript/transcript.ts'

/** Two people of nobody's company. */
export const roster: Roster = {
  manager: { label: 'Ines Calder', name: 'Ines Calder' },
  report: { label: 'Tomasz Brandt', name: 'Tomasz Brandt' },
  labels: ['Ines Calder', 'Tomasz Brandt'],
}

export const linesOf = (said: readonly (readonly ['M' | 'R', string])[]): Line[] =>
  said.map(([who, text], index) => ({
    no: index + 1,
    speaker: who === 'M' ? 'Ines Calder' : 'Tomasz Brandt',
    start: null,
    end: null,
    text,
    spans: [{ cue: index, from: 0, to: text.length }],
  }))

export const talk = linesOf([
  ['M', 'Hi Tomasz, how was the long weekend?'],
  ['R', 'Quiet. I read a whole book, which has not happened since spring.'],
  ['R', "The kiln again: I'm still waiting on the electrician, so I can't start the second firing."],
  ['M', "That is too long now. I'll call the electrician tomorrow morning and ask for a date."],
  ['M', 'Could you send me the list of the 14 late orders?'],
  ['R', "Sure, I'll send you the list of late orders by Friday."],
  ['M', "And for the autumn fair, let's go with the smaller stand."],
  ['R', 'Agreed, the smaller stand it is. And the glaze tests are finished, by the way.'],
  ['M', 'The way you told the customer about the delay before she asked kept her calm.'],
  ['R', 'I would like to learn how to price a whole commission this year.'],
])

export const meeting: ExtractInput = {
  lines: talk,
  roster,
  openItems: [{ id: 'b7c1', text: 'Finish the glaze tests', owner: 'Tomasz Brandt' }],
}

/** What a careful model says about it. */
export const honest = {
  items: [
    {
      text: 'Call the electrician and ask for a date',
      owner: 'M',
      due: 'tomorrow morning',
      kind: 'commitment',
      confidence: 0.9,
      evidence: [{ line: 4, quote: "I'll call the electrician tomorrow morning" }],
    },
    {
      text: 'Send the list of late orders',
      owner: 'R',
      due: 'by Friday',
      kind: 'accepted-request',
      confidence: 0.9,
      evidence: [
        { line: 5, quote: 'Could you send me the list of the 14 late orders?' },
        { line: 6, quote: "Sure, I'll send you the list of late orders by Friday." },
      ],
    },
  ],
  decisions: [
    {
      text: 'The smaller stand for the autumn fair',
      confidence: 0.8,
      evidence: [{ line: 8, quote: 'Agreed, the smaller stand it is.' }],
    },
  ],
  roadblocks: [
    {
      text: 'Waiting on the electrician for the second firing',
      status: 'raised',
      confidence: 0.8,
      evidence: [{ line: 3, quote: "I'm still waiting on the electrician" }],
    },
  ],
  updates: [
    {
      item: 'K1',
      status: 'done',
      due: null,
      confidence: 0.9,
      evidence: [{ line: 8, quote: 'the glaze tests are finished' }],
    },
  ],
  feedback: [
    {
      text: 'Told the customer about the delay before she asked',
      direction: 'down',
      behavioral: true,
      evidence: [{ line: 9, quote: 'you told the customer about the delay before she asked' }],
    },
  ],
  growth: [
    {
      text: 'Learn how to price a whole commission',
      evidence: [{ line: 10, quote: 'I would like to learn how to price a whole commission' }],
    },
  ],
  talk: [
    { from: 1, to: 2, label: 'rapport' },
    { from: 3, to: 8, label: 'status' },
    { from: 9, to: 9, label: 'feedback' },
    { from: 10, to: 10, label: 'growth' },
  ],
}
