import type { UpwardTopic } from '../domain/api/feedback.ts'
import type { Writer } from '../domain/coach-desk.ts'
import type { Database } from '../store/database.ts'
import { readBriefFacts } from '../store/facts.ts'
import type { PairRecord } from '../store/pairs.ts'
import { places } from './places.ts'

/** Places for the report to start from, out of what they may read: read as them, so the manager's own rows cannot be in it. */
export const upwardTopics = async (
  { database, writer }: { readonly database: Database; readonly writer: Writer },
  pair: PairRecord,
  report: string,
  now: Date,
): Promise<UpwardTopic[]> => {
  const occasion = { meeting: null, at: now.toISOString() }
  const facts = await database.asPerson(report, tx => readBriefFacts(tx, pair, report, occasion))
  const { value } = await writer.upward(facts, { pair: pair.id, person: report, language: pair.language })
  return database.asPerson(report, async tx => value.map(await places(tx, pair, value)))
}
