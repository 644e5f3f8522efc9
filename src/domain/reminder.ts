import { toLocal } from './local-time.ts'

/** What a reminder says: who, when, where to look. No word that was said or written comes into it. */
export interface Occasion {
  readonly kind: 'ahead' | 'moved' | 'cancelled'
  /** The other one of the two. */
  readonly other: string
  /** ISO; when it is, or was to be. */
  readonly at: string
  readonly minutes: number
  readonly timezone: string
  /** Where its page is; null on a machine of one's own. */
  readonly page: string | null
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})

const firstName = (name: string): string => name.split(' ')[0] ?? name

const wordsFor = ({ kind, other, at, minutes, timezone }: Occasion): { subject: string; text: string } => {
  const local = toLocal(at, timezone)
  const when = `${dayFormat.format(new Date(`${local.slice(0, 10)}T00:00Z`))}, ${local.slice(11)}`
  const name = firstName(other)
  switch (kind) {
    case 'ahead':
      return {
        subject: `Your 1:1 with ${other}: ${when}`,
        text: `You meet ${other} on ${when}, for ${minutes} minutes.\n\nWhat would you like to talk about? The agenda is open to both of you until then.`,
      }
    case 'moved':
      return {
        subject: `${other} moved your 1:1 to ${when}`,
        text: `${other} moved your next 1:1. It is now on ${when}, for ${minutes} minutes.`,
      }
    case 'cancelled':
      return {
        subject: `${other} cancelled your 1:1 of ${when}`,
        text: `${other} cancelled your 1:1 of ${when}. What ${name} says about it, and when you meet next, stands on your page.`,
      }
  }
}

export const reminderMail = (occasion: Occasion): { readonly subject: string; readonly text: string } => {
  const { subject, text } = wordsFor(occasion)
  const page = occasion.page === null ? '' : `\n\n${occasion.page}`
  return {
    subject,
    text: `${text}${page}\n\nWhich of these you get, you choose under My account.\n`,
  }
}
