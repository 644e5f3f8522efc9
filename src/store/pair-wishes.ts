import { z } from 'zod'
import { at } from './columns.ts'
import { query, sql } from './sql.ts'

export const PairWishRecord = z.object({
  glossary: z.string(),
  wishes: z.string(),
  version: z.int(),
  changedBy: z.string().nullable(),
  changedAt: at,
})

const columns = sql`glossary, wishes, version, changed_by as "changedBy", changed_at as "changedAt"`

/** What the two tell the coach; no row as long as they have told it nothing. */
export const pairWishes = (pair: string) =>
  query(PairWishRecord, sql`select ${columns} from pair_wish where pair_id = ${pair}`)

/** Written from the version somebody saw (0: none); no row back when the other was quicker. */
export const writePairWishes = (
  pair: string,
  {
    glossary,
    wishes,
    version,
  }: { readonly glossary: string; readonly wishes: string; readonly version: number },
) =>
  query(
    PairWishRecord,
    sql`insert into pair_wish (pair_id, glossary, wishes, changed_by)
      select ${pair}, ${glossary}, ${wishes}, current_person()
      on conflict (pair_id) do update set glossary = excluded.glossary, wishes = excluded.wishes,
        version = pair_wish.version + 1, changed_by = excluded.changed_by, changed_at = now()
      where pair_wish.version = ${version}
      returning ${columns}`,
  )
