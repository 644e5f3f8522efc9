import type { Reminders as Page } from '../../../src/domain/api/reminders.ts'
import { patch, sentence } from '../api.ts'
import { shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { say } from '../say.ts'

const path = '/me/reminders'
const stateWords = { waiting: 'kept here', sent: 'sent', failed: 'could not be sent' }

/** What I am told of, and the e-mails themselves: names and times, nothing that was said or written. */
export const Reminders = () => {
  const { value, reload, set } = useLoaded<Page>(path)
  if (!value) return null
  const choose = async (change: { ahead?: boolean; changes?: boolean }) => {
    try {
      set(await patch<Page>(path, change))
      say('Saved.')
    } catch (failure) {
      say(sentence(failure))
      await reload()
    }
  }
  const pick = (words: string, checked: boolean, act: (wanted: boolean) => void) => (
    <label class="pick">
      <input
        class="check"
        type="checkbox"
        checked={checked}
        onChange={event => act(event.currentTarget.checked)}
      />
      <span>{words}</span>
    </label>
  )
  return (
    <>
      <p class="quiet">
        {value.mailed
          ? 'They come by e-mail, with names and times only.'
          : 'No mail server is set up here, so they are kept on this page. They hold names and times only.'}
      </p>
      {pick('The day before a 1:1', value.ahead, ahead => void choose({ ahead }))}
      {pick('When the other one moves or cancels', value.changes, changes => void choose({ changes }))}
      {value.mails.length > 0 && (
        <details>
          <summary>What was written to you</summary>
          <ul class="list">
            {value.mails.map(({ id, subject, text, state, at }) => (
              <li key={id}>
                <p>
                  <b>{subject}</b>{' '}
                  <span class="small quiet">
                    {shortDay(at)}, {stateWords[state]}
                  </span>
                </p>
                <p class="mail-text quiet">{text}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
