import type { Query } from './sql.ts'

/** Rows through the query's schema; a mismatch is a defect of ours and names the columns, not the words. */
export const parseRows = <Row>({ row }: Query<Row>, rows: readonly unknown[]): Row[] =>
  rows.map(value => {
    const parsed = row.safeParse(value)
    if (parsed.success) return parsed.data
    const where = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.code}`).join(', ')
    throw new Error(`a row does not fit its schema (${where})`)
  })
