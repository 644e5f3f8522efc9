import type { BriefFacts, FactMeeting, FactPromise } from '../../src/domain/brief-facts.ts'

/** A pair of whom nothing is known yet; a test says what is. */
export const factsOf = (more: Partial<BriefFacts> = {}): BriefFacts => ({
  reader: 'manager',
  names: { manager: 'Odile', report: 'Bram' },
  today: '2026-05-20',
  cadenceDays: 7,
  meetings: [],
  promises: [],
  decisions: [],
  roadblocks: [],
  growth: { talked: [], goals: [] },
  feedback: [],
  asked: [],
  agenda: [],
  ownNotes: [],
  ownObservations: [],
  ...more,
})

export const held = (day: string, talk: FactMeeting['talk'] = { status: 0.3 }): FactMeeting => ({
  id: `meeting ${day}`,
  day,
  state: 'held',
  changedBy: null,
  talk,
})

export const promised = (text: string, more: Partial<FactPromise> = {}): FactPromise => ({
  id: text,
  text,
  owner: 'manager',
  due: null,
  state: 'open',
  saidOn: '2026-05-13',
  meeting: 'meeting 2026-05-13',
  closedOn: null,
  quote: null,
  ...more,
})
