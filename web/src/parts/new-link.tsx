import { useEffect, useRef } from 'preact/hooks'
import type { NewLink } from '../../../src/domain/api/account.ts'
import { shortDay } from '../format.ts'
import { say } from '../say.ts'

/** A link to hand over. It is shown here once and kept nowhere. */
export const HandOver = ({ link, to }: { link: NewLink; to: string }) => {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [link.url])
  const copy = async () => {
    field.current?.select()
    await navigator.clipboard?.writeText(link.url).catch(() => undefined)
    say('The link is copied.')
  }
  return (
    <div class="plate space">
      <p>
        <b>Give this link to {to}.</b> It works once, until {shortDay(link.expiresAt)}, and is shown only now.
      </p>
      <div class="link-out">
        <input class="in" ref={field} readOnly aria-label={`Link for ${to}`} value={link.url} />
        <button class="b" type="button" onClick={() => void copy()}>
          Copy
        </button>
      </div>
    </div>
  )
}
