import { z } from 'zod'
import { isLocalTime } from '../local-time.ts'

/** Building blocks of the HTTP API's schemas. */

export const Id = z.uuid()
/** An instant, ISO 8601 in UTC. Rows hand over a Date, JSON carries text. */
export const Instant = z.iso.datetime({ offset: true })
/** A calendar day, `2026-03-12`, in the time zone of its pair. */
export const Day = z.iso.date()
/** A day somebody chose: of a century in which people meet. */
export const ChosenDay = Day.refine(day => day >= '1900' && day < '2200', 'is not a day to plan with')
/** Local wall-clock time without zone, `2026-03-12T10:00`. */
export const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
export const ChosenTime = LocalTime.refine(
  local => isLocalTime(local) && local >= '1900' && local < '2200',
  'is not a time to plan with',
)
/** The version of a row that its asker has seen. */
export const Version = z.int().positive().max(2_147_483_647)
export const Email = z.email().max(254)
export const PersonName = z.string().trim().min(1).max(120)
/** NIST SP 800-63B-4: length, not composition; at least 15 for a password that stands alone is its
 * advice for single-factor sign-in, 8 its floor. We ask for 12. */
export const Password = z.string().min(12).max(256)
/** The two halves of a pair. */
export const Side = z.enum(['manager', 'report'])
export type Side = z.infer<typeof Side>

/** An IANA name that this runtime knows, e.g. `Europe/Berlin`. */
export const Timezone = z.string().min(1).max(64).refine(isTimezone, 'is not a known time zone')
function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The one shape of every error. `message` is for people and says what to do; `code` is stable. */
export const ApiError = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      /** Which fields were wrong, as paths with a reason; never the rejected values. */
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    }),
  })
  .meta({ id: 'Error' })
export type ApiError = z.infer<typeof ApiError>
