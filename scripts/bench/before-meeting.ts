import type { BriefFacts, FactPromise } from '../../src/domain/brief-facts.ts'
import type { Coach, Wishes } from '../../src/domain/ports.ts'
import type { RoadblockMention } from '../../src/domain/roadblocks.ts'

/** A pair in its fifth month: a full page of promises, three things in the way, growth long ago. */
const factsFor = (reader: BriefFacts['reader']): BriefFacts => ({
  reader,
  names: { manager: 'Ines', report: 'Tomasz' },
  today: '2026-05-20',
  cadenceDays: 7,
  meetings: Array.from({ length: 16 }, (_, week) => ({
    id: `meeting ${week}`,
    day: new Date(Date.UTC(2026, 0, 28 + week * 7)).toISOString().slice(0, 10),
    state: 'held',
    changedBy: null,
    talk: { status: 0.6, growth: 0.1, roadblock: 0.2, rapport: 0.1 },
  })),
  promises: promised.map((text, index): FactPromise => ({
    id: `promise ${index}`,
    text,
    owner: index % 2 === 0 ? 'manager' : 'report',
    due: index % 3 === 0 ? '2026-05-15' : index % 3 === 1 ? '2026-05-26' : null,
    state: index > 9 ? 'done' : 'open',
    saidOn: '2026-05-13',
    meeting: 'meeting 15',
    closedOn: index > 9 ? '2026-05-18' : null,
    quote: text,
  })),
  decisions: [{ id: 'decision', text: 'Take the smaller stand at the autumn fair', on: '2026-05-13' }],
  roadblocks: stuck.map((text, index) => ({
    id: `roadblock ${index}`,
    text,
    state: 'open',
    saidOn: ['2026-04-29', '2026-05-06', '2026-05-13'].slice(index),
    resolvedOn: null,
    decision: null,
    help: [],
  })),
  growth: {
    talked: [{ id: 'growth', on: '2026-03-04', text: 'I would like to lead the next firing on my own' }],
    goals: [{ id: 'goal', text: 'Lead the spring firing', checkOn: '2026-05-18' }],
  },
  feedback: [
    {
      id: 'feedback',
      from: reader === 'manager' ? 'report' : 'manager',
      text: 'On Tuesday you sent the plan two days early, and the whole row of stands could be booked in time.',
      on: '2026-05-12',
      state: 'shared',
    },
  ],
  asked: [],
  agenda: [],
  ownNotes: [
    { id: 'note', on: '2026-05-13', text: 'Ask about the long evenings; it sounded like a lot at once.' },
  ],
  ownObservations: [],
})
const promised = [
  'Call the electrician and ask for a date',
  'Send the list of late orders to the harbour office',
  'Ask for a second key to the store room',
  'Write down how the glaze is mixed',
  'Look for money for a new burner',
  'Show the apprentices the night shift plan',
  'Talk to the landlord about the loading ramp',
  'Send the photographs of the cracked tiles to the supplier',
  'Find a day for the visit of the museum',
  'Count what is left of the white clay',
  'Pay the invoice of the carrier',
  'Book the stand for the autumn fair',
]
const stuck = [
  'Waiting on the electrician for the second kiln',
  'Nobody has the keys of the van on Mondays',
  'The office asks for every order twice',
]

const mention = (id: string, on: string, text: string): RoadblockMention => ({
  id,
  meeting: on,
  on,
  text,
  quotes: [`${text}, and so it goes no further this week either.`],
  around: '',
  status: 'raised',
})

const none: Wishes = { language: 'English', glossary: '', wishes: '' }

/** What is asked after one meeting and before the next: roadblocks, topics, both briefs. */
export const asksBefore = (coach: Coach, wishes = none): readonly (() => Promise<unknown>)[] => [
  () =>
    coach.compareRoadblocks(
      {
        mentions: stuck.map((text, index) => mention(`new ${index}`, '2026-05-20', text)),
        threads: [...stuck, 'The supplier sends the wrong clay', 'No room to dry the large pieces'].map(
          (text, index) => ({
            id: `thread ${index}`,
            mentions: [mention(`old ${index}`, '2026-05-13', text)],
          }),
        ),
        similarities: [],
      },
      { wishes },
    ),
  () => coach.suggestTopics(factsFor('manager'), { wishes }),
  () => coach.writeBrief(factsFor('manager'), { wishes }),
  () => coach.writeBrief(factsFor('report'), { wishes }),
]
