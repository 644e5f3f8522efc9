import type { FeedbackView } from '../../src/domain/api/feedback.ts'
import { post, sentence } from './api.ts'
import { address, go } from './route.ts'
import { announce, say } from './say.ts'

/** Sending waits ten seconds before it leaves; until then nothing has gone and Undo brings the draft back. */
const wait = 10_000

export const sendInTenSeconds = (
  pair: string,
  draft: string,
  version: number,
  name: string,
  sent: () => void,
): void => {
  const timer = setTimeout(() => {
    post<FeedbackView>(`/pairs/${pair}/feedback-drafts/${draft}/send`, { version }).then(
      () => {
        announce(`Sent to ${name}.`)
        sent()
      },
      (failure: unknown) => say(`Not sent to ${name}. ${sentence(failure)} It stays with your drafts.`),
    )
  }, wait)
  say(`Sent to ${name} in ten seconds`, () => {
    clearTimeout(timer)
    go(address.draft(pair, draft))
  })
}
