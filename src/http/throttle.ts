import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../domain/errors.ts'
import { failedTries, holdTries, passwordOf, recordTries } from '../store/accounts.ts'
import type { Database, Tx } from '../store/database.ts'
import { isPassword } from './passwords.ts'

/** Failed tries within 15 minutes, for one address and from one machine; rows, so every process counts them. */
const mostPerEmail = 5
const mostPerMachine = 30

const bucket = (kind: string, value: string): string =>
  `${kind}:${createHash('sha256').update(value.trim().toLowerCase()).digest('base64url')}`

export interface Buckets {
  readonly email: string
  readonly machine: string
}

/**
 * Asks who is signed in for their password once more, counted as a try before it is looked at: many at once must not
 * slip through.
 *
 * @returns the counter of the try, to be forgotten for whoever was right.
 * @throws Refusal `sign-in-throttled` after too many failures; `wrong` when it is not theirs.
 */
export const refuseWrongPassword = async (
  database: Database,
  request: FastifyRequest,
  password: string,
  wrong: Refusal,
): Promise<string> => {
  const { id } = request.person
  const buckets = bucketsOf(request, `password of ${id}`)
  const kept = await database.asSystem('sign-in', async tx => {
    await refuseWhenThrottled(tx, buckets)
    await tx.run(recordTries([buckets.email]))
    return tx.first(passwordOf(id))
  })
  if (!(await isPassword(password, kept?.password ?? null))) throw wrong
  return buckets.email
}

/** The two counters a try belongs to: what was tried, and the machine it came from. Hashes, no addresses. */
export const bucketsOf = (request: FastifyRequest, what: string): Buckets => ({
  email: bucket('email', what),
  machine: bucket('machine', request.ip),
})

/**
 * Whoever goes on records the try in the same transaction.
 *
 * @throws Refusal `sign-in-throttled` after too many failures.
 */
export const refuseWhenThrottled = async (tx: Tx, { email, machine }: Buckets): Promise<void> => {
  const [, tries] = await tx.several(holdTries([email, machine]), failedTries([email, machine]))
  const of = (wanted: string) => tries.find(row => row.bucket === wanted)?.tries ?? 0
  if (of(email) >= mostPerEmail || of(machine) >= mostPerMachine)
    throw new Refusal(
      'sign-in-throttled',
      429,
      'Too many tries. Wait a quarter of an hour, then try again.',
      { retryAfter: 900 },
    )
}
