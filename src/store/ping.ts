import { z } from 'zod'
import { asSystem } from './database.ts'
import { query, sql } from './sql.ts'

/** The least that can be asked of a database: whether it answers. */
export const ping = [asSystem('jobs'), query(z.object({ one: z.int() }), sql`select 1 as one`)] as const
