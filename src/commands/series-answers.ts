import { provenTopics } from '../domain/agenda.ts'
import type { BriefFacts, Topic } from '../domain/brief-facts.ts'
import { provenBrief } from '../domain/brief.ts'
import type { Finding } from '../domain/api/findings.ts'
import type { ActionItemJson, SeriesMeetingJson } from '../domain/contract.ts'
import { proveClaims } from '../domain/evidence.ts'
import { plainEvidence, withCues } from '../domain/extraction.ts'
import type { Coach } from '../domain/ports.ts'
import { asMention } from '../domain/roadblock-threads.ts'
import { mentionStatus } from '../domain/roadblocks.ts'
import { extractStep } from '../pipeline/extract.ts'
import { asPair, type Database } from '../store/database.ts'
import { readBriefFacts } from '../store/facts.ts'
import { confirmAll, findingsOfMeeting } from '../store/findings.ts'
import type { Source } from '../store/jobs.ts'
import type { PairRecord } from '../store/pairs.ts'
import { mentionsOf } from '../store/roadblocks.ts'
import { transcriptById } from '../store/transcripts.ts'

/** Rows by the short ids under which they are printed: `a1`, `t1`, the same in every run. */
export interface Printed {
  readonly items: Map<string, string>
  readonly threads: Map<string, string>
  /** Meetings by the ids of the request. */
  readonly meetings: Map<string, string>
  /** Whatever else a line of a brief rests on: decisions, remarks, notes. */
  readonly others: Map<string, string>
}
export const nothingPrinted = (): Printed => ({
  items: new Map(),
  threads: new Map(),
  meetings: new Map(),
  others: new Map(),
})
const shortId = (ids: Map<string, string>, letter: string, row: string): string => {
  const id = ids.get(row) ?? `${letter}${ids.size + 1}`
  ids.set(row, id)
  return id
}

type Found = Omit<SeriesMeetingJson, 'id' | 'briefs' | 'suggestedTopics' | 'upwardPrompts'>
export const nothingFound: Found = {
  actionItems: [],
  decisions: [],
  feedback: [],
  growth: [],
  talk: [],
  updates: [],
  roadblocks: [],
}

/**
 * What stands in the rows after one meeting was read, which is then confirmed; and from the same reading
 * what has no row of its own: kinds of talk, and items of which was said that they are still open.
 */
export const whatWasFound = async (
  {
    database,
    coach,
    pair,
  }: { readonly database: Database; readonly coach: Coach; readonly pair: PairRecord },
  source: Source,
  printed: Printed,
): Promise<{ readonly found: Found; readonly failure: string | null }> => {
  const [[transcript], rows] = await database.read(
    asPair(source.pair),
    transcriptById(source.pair, source.transcript),
    findingsOfMeeting(source.pair, source.meeting),
  )
  if (transcript?.state !== 'read')
    return { found: nothingFound, failure: transcript?.refusal?.message ?? 'It could not be read.' }
  const input = await database.asPair(source.pair, tx => extractStep(coach).load(tx, source))
  if (!input) throw new Error('the transcript is gone')
  const { proven } = proveClaims(await coach.extract(input), input)
  const mentions = await database.asPair(source.pair, async tx => {
    await tx.run(...confirmAll(source.pair, source.meeting))
    return tx.all(mentionsOf(source.pair))
  })
  const names = new Map([
    [pair.managerId, pair.managerName],
    [pair.reportId, pair.reportName],
  ])
  return {
    failure: null,
    found: {
      actionItems: rows
        .filter(({ kind }) => kind === 'action-item')
        .map(row => itemOf(row, shortId(printed.items, 'a', row.id), names)),
      decisions: rows
        .filter(({ kind }) => kind === 'decision')
        .map(({ text, confidence, evidence }) => ({ text, confidence: confidence ?? 1, evidence })),
      roadblocks: mentions
        .filter(({ meeting }) => meeting === source.meeting)
        .map(mention => ({
          thread: shortId(printed.threads, 't', mention.thread),
          text: mention.text,
          status: mentionStatus(
            asMention(mention),
            mentions.filter(({ thread, at }) => thread === mention.thread && at < mention.at).map(asMention),
          ),
          evidence: plainEvidence(mention.evidence),
        })),
      feedback: proven.feedback.map(claim => ({ ...claim, evidence: plainEvidence(claim.evidence) })),
      growth: proven.growth.map(claim => ({ ...claim, evidence: plainEvidence(claim.evidence) })),
      talk: withCues(proven.talk, input.lines, input.cueCount),
      updates: proven.updates.flatMap(({ item, status, evidence }) => {
        const short = printed.items.get(item)
        return short === undefined ? [] : [{ item: short, status, evidence: plainEvidence(evidence) }]
      }),
    },
  }
}

/** What each of the two would be given before the next meeting, made from what they alone may read. */
export const preparationFor = async (
  {
    database,
    coach,
    pair,
  }: { readonly database: Database; readonly coach: Coach; readonly pair: PairRecord },
  next: { readonly meeting: string | null; readonly at: string },
  printed: Printed,
): Promise<Pick<SeriesMeetingJson, 'briefs' | 'suggestedTopics' | 'upwardPrompts'>> => {
  const sourcesOf = (facts: BriefFacts, sources: readonly string[]) =>
    sources.map(
      source =>
        printed.items.get(source) ??
        printed.threads.get(source) ??
        printed.meetings.get(source) ??
        shortId(printed.others, facts.reader === 'manager' ? 'm' : 'r', source),
    )
  const prepare = async (person: string) => {
    const facts = await database.asPerson(person, tx => readBriefFacts(tx, pair, person, next))
    const brief = provenBrief(facts, await coach.writeBrief(facts))
    const topics = provenTopics(facts, await coach.suggestTopics(facts))
    const printedTopic = (topic: Topic) => ({ ...topic, sources: sourcesOf(facts, topic.sources) })
    return {
      brief: {
        confidence: brief.confidence,
        sections: brief.sections.map(({ kind, lines }) => ({
          kind,
          lines: lines.map(({ text, sources }) => ({ text, sources: sourcesOf(facts, sources) })),
        })),
      },
      topics: topics.map(printedTopic),
      upward: facts.reader === 'report' ? (await coach.suggestUpwardFeedback(facts)).map(printedTopic) : [],
    }
  }
  const [manager, report] = [await prepare(pair.managerId), await prepare(pair.reportId)]
  return {
    briefs: { manager: manager.brief, report: report.brief },
    suggestedTopics: { manager: manager.topics, report: report.topics },
    upwardPrompts: report.upward,
  }
}

const itemOf = (row: Finding, id: string, names: ReadonlyMap<string, string>): ActionItemJson => ({
  id,
  text: row.text,
  owner: row.owner === null ? null : (names.get(row.owner) ?? null),
  due: row.due,
  duePhrase: row.duePhrase,
  dueCertainty: row.dueCertainty,
  kind: row.itemKind ?? 'commitment',
  confidence: row.confidence ?? 1,
  evidence: row.evidence,
})
