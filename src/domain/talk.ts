import { z } from 'zod'

/** The nine kinds of talk and of agenda items: the same words in both places. */
export const talkLabels = [
  'rapport',
  'wellbeing',
  'growth',
  'feedback',
  'upward-feedback',
  'roadblock',
  'priorities',
  'status',
  'logistics',
] as const

export const TalkLabel = z.enum(talkLabels)
export type TalkLabel = z.infer<typeof TalkLabel>
