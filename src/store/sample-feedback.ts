import type { Tx } from './database.ts'
import { deleteDraft, insertDraft, insertObservation, insertRequest, sendDraft } from './feedback.ts'
import { insertCheckIn, insertGoal } from './goals.ts'

/** What the sample's manager has noticed, asked and said; `day` is that of a meeting a few weeks ago. */
export const sampleOfManager = async (tx: Tx, pair: string, day: string): Promise<void> => {
  await tx.all(
    insertObservation(pair, day, 'The list for the next week was on the board before I asked for it.'),
  )
  await tx.all(insertRequest(pair, 'What could I do so that your week is less of a scramble?'))
  const draft = await tx.first(insertDraft(pair, '', null))
  if (!draft) return
  await tx.all(
    sendDraft(
      pair,
      {
        ...draft,
        situation: 'In our meeting a month ago',
        behavior: 'you brought the numbers on one page and said which of them you were not sure of',
        impact: 'I could decide on the spot, and we had twenty minutes left for other things',
      },
      'down',
    ),
  )
  await tx.all(deleteDraft(pair, draft.id))
}

/** What the sample's report wants to become able to do. */
export const sampleOfReport = async (tx: Tx, pair: string, day: string): Promise<void> => {
  await tx.all(
    insertGoal(pair, {
      kind: 'goal',
      text: 'Lead the night boats, and stand in front of the board',
      day: null,
    }),
  )
  await tx.all(
    insertGoal(pair, { kind: 'skill', text: 'Speaking to people who have ten minutes', day: null }),
  )
  const stretch = await tx.first(
    insertGoal(pair, {
      kind: 'stretch',
      text: 'Present one page of the next quarter to the board',
      day: null,
    }),
  )
  if (stretch)
    await tx.all(insertCheckIn(pair, stretch.id, day, 'I wrote three questions for it and threw two away.'))
  await tx.all(insertObservation(pair, day, 'The answer about the budget came the same afternoon.'))
}
