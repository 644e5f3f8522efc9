import { z } from 'zod'
import { Id } from './common.ts'

/** All that one person may read, to take along: rows by table, as they stand. */
export const DataExport = z
  .object({
    at: z.iso.datetime(),
    /** Whose it is. */
    person: Id,
    tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  })
  .meta({ id: 'DataExport' })
