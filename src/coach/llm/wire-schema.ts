import { z } from 'zod'

/** Words that llama.cpp's grammar, or OpenAI's strict mode, does not take. */
const unwelcome = new Set([
  '$schema',
  'title',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'default',
])

/**
 * A schema in the form every server takes: everything required, nothing but types, enums and nulls.
 * What it leaves out (lengths, bounds, patterns) the domain's schema asks for afterwards.
 */
export const wireSchema = (schema: z.ZodType): Record<string, unknown> =>
  loosened(z.toJSONSchema(schema, { target: 'draft-7', reused: 'inline', io: 'input' })) as Record<
    string,
    unknown
  >

const loosened = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(loosened)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    // A property may be called `title` or `format`; then its value is a schema.
    ([key, inner]) =>
      !unwelcome.has(key) || (typeof inner === 'object' && inner !== null && key !== 'default'),
  )
  const result = Object.fromEntries(kept.map(([key, inner]) => [key, loosened(inner)]))
  const properties = result['properties']
  return result['type'] === 'object' && typeof properties === 'object' && properties !== null
    ? { ...result, required: Object.keys(properties), additionalProperties: false }
    : result
}
