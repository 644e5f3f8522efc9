import { z } from 'zod'
import type { Query } from './sql.ts'

const InOne = z.tuple([z.object({ rows: z.string().transform(text => JSON.parse(text) as unknown[]) })])

/** Rows through the query's schema; a mismatch is a defect of ours and names the columns, not the words. */
export const parseRows = <Row>({ row, inOne }: Query<Row>, rows: readonly unknown[]): Row[] =>
  (inOne ? InOne.parse(rows)[0].rows : rows).map(value => {
    const parsed = row.safeParse(value)
    if (parsed.success) return parsed.data
    const where = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.code}`).join(', ')
    throw new Error(`a row does not fit its schema (${where})`)
  })
