import type { Reading } from '../reading.ts'

/** Looking into a stranger's JSON: every answer is checked, nothing throws. */
export type Fields = Readonly<Record<string, unknown>>

/** An object's fields; null for anything else, lists included. */
export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

/** The objects of a list; null when it is no list or holds none. */
export const rowsOf = (value: unknown): readonly Fields[] | null => {
  if (!Array.isArray(value)) return null
  const rows = value.map(fieldsOf).filter(part => part !== null)
  return rows.length > 0 ? rows : null
}

/** The text, or an empty one. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Seconds, never below 0, from a number, `"1.25"`, `"1.25s"` or `{seconds, nanos}`; `unit` is the worth of 1. */
export const secondsOf = (value: unknown, unit = 1): number | null => {
  const parts = fieldsOf(value)
  if (parts) return secondsOf(Number(parts.seconds ?? 0) + Number(parts.nanos ?? 0) / 1e9)
  const written = typeof value === 'string' ? value.trim().replace(/s$/, '') : value
  const number = typeof written === 'string' && written !== '' ? Number(written) : written
  if (typeof number !== 'number' || !Number.isFinite(number)) return null
  // To the millisecond: 1437 ms are 1.437 s and not 1.4369999.
  return Math.max(0, Math.round(number * unit * 1000) / 1000)
}

/** A label as in the file; a bare number is a voice without a name. Null where the file knows nobody. */
export const speakerOf = (value: unknown): string | null => {
  if (typeof value === 'number' && Number.isInteger(value)) return `Speaker ${value}`
  const label = textOf(value).trim()
  if (/^\d{1,3}$/.test(label)) return `Speaker ${label}`
  return label === '' ? null : label
}

/** One reader of the list: the parsed file to its reading, or null when it is another's. */
export type JsonReader = (value: unknown) => Reading | null
