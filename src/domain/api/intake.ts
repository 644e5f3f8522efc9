import { z } from 'zod'
import { ChosenTime, Id, Instant, PersonName } from './common.ts'

/** A transcript that a program sends: its words as text, or its bytes as they are. */
export const SentTranscript = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    text: z.string().min(1).optional(),
    base64: z.base64().min(1).optional(),
    /** When the meeting was, with its offset: 2026-03-12T10:00:00+01:00. */
    at: z.iso.datetime({ offset: true }).optional(),
    /** Who was there. */
    people: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
  })
  .refine(({ text, base64 }) => (text === undefined) !== (base64 === undefined), {
    error: 'either text or base64',
  })
export type SentTranscript = z.infer<typeof SentTranscript>
/** The same as a webhook brings it, in the form of Standard Webhooks. */
export const SentEvent = z.object({ type: z.string().max(200).optional(), data: SentTranscript })

/** `kept` in its meeting; `waiting` for its receiver to say where it belongs; `known` already. */
export const IntakeAnswer = z.object({ state: z.enum(['kept', 'waiting', 'known']) })

export const IntakeKind = z.enum(['token', 'webhook', 'folder'])
export const Intake = z
  .object({
    /** Whether the machine's owner has a folder watched. */
    watched: z.boolean(),
    keys: z.array(
      z.object({ id: Id, kind: IntakeKind, name: z.string(), madeAt: Instant, usedAt: Instant.nullable() }),
    ),
    waiting: z.array(
      z.object({ id: Id, fileName: z.string(), at: Instant.nullable(), receivedAt: Instant, bytes: z.int() }),
    ),
  })
  .meta({ id: 'Intake' })
export type Intake = z.infer<typeof Intake>

/** Whoever makes one says that everybody in those meetings has agreed. */
export const NewIntakeKey = z.strictObject({ kind: IntakeKind, name: PersonName, agreed: z.literal(true) })
/** Shown once: the token, or the secret of a webhook, and where to send to; of a folder its name, and no secret. */
export const MadeIntakeKey = z.object({ id: Id, url: z.string(), secret: z.string().nullable() })
export type MadeIntakeKey = z.infer<typeof MadeIntakeKey>
/** Where one that waited belongs. */
export const IntakeChoice = z.strictObject({ pair: Id, local: ChosenTime })
