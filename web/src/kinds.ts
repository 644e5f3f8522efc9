import type { AgendaItem } from '../../src/domain/api/agenda.ts'

export type Kind = NonNullable<AgendaItem['kind']>

/** The nine kinds, as the page calls them, in the order they are offered. */
export const kindWords: Readonly<Record<Kind, string>> = {
  rapport: 'How are you',
  wellbeing: 'Wellbeing',
  growth: 'Growth',
  feedback: 'Feedback',
  'upward-feedback': 'Upward feedback',
  roadblock: 'Roadblock',
  priorities: 'Priorities',
  status: 'Status',
  logistics: 'Logistics',
}
export const kinds = Object.keys(kindWords) as readonly Kind[]

export const isKind = (text: string): text is Kind => kinds.some(kind => kind === text)
/** What a field of kinds holds: empty is any kind. */
export const kindOf = (text: string): Kind | null => (isKind(text) ? text : null)
