import type { Identity } from './database.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const checked = (id: string): string => {
  if (!uuid.test(id)) throw new RangeError('an identity is a uuid in lower case')
  return id
}

/**
 * The statements that make the rest of a transaction run as somebody. All three settings are
 * written each time, local to the transaction, so that nothing is left over from the one before.
 * Simple protocol, one message; the ids are checked above because they stand in the text.
 */
export const becoming = (identity: Identity): string => {
  const person = identity.kind === 'person' ? checked(identity.person) : ''
  const pair = identity.kind === 'pair' ? checked(identity.pair) : ''
  const purpose = identity.kind === 'system' ? identity.purpose : ''
  return `set local rapport.person = '${person}'; set local rapport.pair = '${pair}'; set local rapport.purpose = '${purpose}'`
}
