import { dueDate } from '../domain/due-date.ts'
import { Refusal } from '../domain/errors.ts'
import { proveClaims } from '../domain/evidence.ts'
import { withCues } from '../domain/extraction.ts'
import { toLocal } from '../domain/local-time.ts'
import { wishesIn } from '../domain/wishes.ts'
import type { Coach, CoachCall, Evidence, ExtractInput, KnownRoadblock, Wishes } from '../domain/ports.ts'
import { ownTalkOf } from '../domain/own-talk.ts'
import { rosterOf } from '../domain/roster.ts'
import type { Timing } from '../domain/transcript/transcript.ts'
import {
  confirmAll,
  deleteProposals,
  insertFinding,
  type NewFindingRecord,
  settledEvidence,
} from '../store/findings.ts'
import { meetingAfter, meetingById } from '../store/meetings.ts'
import { storeOwnTalk } from '../store/own-talk.ts'
import { pairById, type PairRecord, speakerLabels } from '../store/pairs.ts'
import { linesOfOpenPromises, openPromises } from '../store/promises.ts'
import { pairWishes } from '../store/pair-wishes.ts'
import { type ComparableMention, comparableMentions } from '../store/roadblocks.ts'
import { replaceRemarks } from '../store/remarks.ts'
import { linesOf, storeTalk, transcriptById } from '../store/transcripts.ts'
import type { Tx } from '../store/database.ts'
import type { Source } from '../store/jobs.ts'
import { timesAgain } from './again.ts'
import { readAgain } from './read-again.ts'
import type { Step } from './step.ts'

interface Input extends Required<ExtractInput> {
  readonly source: Source
  readonly pair: PairRecord
  readonly meetingAt: string
  readonly nextMeetingAt: string | null
  readonly timing: Timing
  readonly cueCount: number
  readonly wishes: Wishes
  /** Whose each voice is. */
  readonly voices: ReadonlyMap<string, string>
  /** The day of each open item. */
  readonly openDays: ReadonlyMap<string, string | null>
  /** An older meeting of the sample: somebody looking around finds it gone through already. */
  readonly settled: boolean
}

/** Lines to proposals that stand beside the words they rest on. */
export const extractStep = (coach: Coach): Step<Input> => ({
  name: 'extract',

  async load(tx, source) {
    const { pair: pairId, transcript: id } = source
    const [[pair], [transcript], lines, labels, promises, around, mentions, [told]] = await tx.several(
      pairById(pairId),
      transcriptById(pairId, id),
      linesOf(pairId, id),
      speakerLabels(pairId),
      openPromises(pairId),
      linesOfOpenPromises(pairId),
      comparableMentions(pairId, id),
      pairWishes(pairId),
    )
    // Of one that was thinned the findings are all there will be: what they left out is gone.
    if (!pair || !transcript || transcript.thinnedAt) return undefined
    // Where it stands now: it may have been put on another meeting since the job was made.
    const meeting = await tx.first(meetingById(pairId, transcript.meetingId))
    if (!meeting) return undefined
    const next = await tx.first(meetingAfter(pairId, meeting.at))
    const known = new Map(labels.map(({ label, personId }) => [label, personId]))
    const halves = {
      manager: { id: pair.managerId, name: pair.managerName },
      report: { id: pair.reportId, name: pair.reportName },
    }
    return {
      source: { ...source, meeting: meeting.id },
      pair,
      meetingAt: meeting.at,
      nextMeetingAt: next?.at ?? null,
      timing: transcript.timing ?? 'none',
      cueCount: transcript.cueCount ?? 0,
      voices: new Map(
        labels.flatMap(({ label, personId }) => (personId ? [[label, personId] as const] : [])),
      ),
      wishes: wishesIn(pair.language, told),
      openDays: new Map(promises.map(promise => [promise.id, promise.due])),
      settled: pair.sample && next?.state === 'held',
      lines,
      roster: rosterOf(transcript.labels, known, halves),
      // What was promised in this very meeting is found here, not brought up again.
      openItems: promises
        .filter(promise => promise.meetingAt < meeting.at)
        .map(({ id: item, text, owner, evidence, meetingAt }) => ({
          id: item,
          text,
          owner: nameOf(pair, owner),
          said: evidence.map(({ quote }) => quote),
          around: around.find(row => row.id === item)?.around ?? '',
          on: meetingAt,
        })),
      roadblocks: knownBefore(mentions, meeting.at),
    }
  },

  async run({ signal, progress, person = null, round = '' }, input) {
    const { source, pair, lines, roster, openItems, roadblocks, wishes } = input
    const calls: CoachCall[] = []
    const again = timesAgain(round)
    const record = (call: CoachCall) => void calls.push(call)
    const extraction = await coach
      .extract(
        { lines, roster, openItems, roadblocks },
        { signal, progress, person, record, wishes, insist: again > 0 },
      )
      .catch((error: unknown) => {
        if (again > 0 && error instanceof Refusal && !signal.aborted) return error
        throw error
      })
    // What the offline engine found stands until the model has really read it.
    if (extraction instanceof Refusal)
      return {
        engine: 'none',
        counts: {},
        calls,
        next: readAgain(source, again, extraction.code, extraction.details?.['retryAfter']),
        write: async () => undefined,
      }
    const engine = extraction.engine ?? coach.engine
    const { proven, dropped } = proveClaims(extraction, { lines, roster, openItems })
    const when = {
      meetingLocal: toLocal(input.meetingAt, pair.timezone),
      timezone: pair.timezone,
      nextMeetingLocal: input.nextMeetingAt ? toLocal(input.nextMeetingAt, pair.timezone) : null,
    }
    const dated = (duePhrase: string | null) => {
      const { due, certainty } = duePhrase
        ? dueDate(duePhrase, when)
        : { due: null, certainty: 'none' as const }
      return { due, duePhrase, dueCertainty: certainty }
    }
    const common = { meeting: source.meeting, transcript: source.transcript, state: 'proposed' as const }
    const found: NewFindingRecord[] = [
      ...proven.actionItems.map(({ kind, owner, duePhrase, ...item }) => ({
        ...common,
        ...item,
        ...dated(duePhrase),
        kind: 'action-item' as const,
        itemKind: kind,
        owner: personOf(pair, owner),
      })),
      ...proven.decisions.map(decision => ({ ...common, ...decision, kind: 'decision' as const })),
      ...proven.roadblocks.map(roadblock => ({ ...common, ...roadblock, kind: 'roadblock' as const })),
      // That an item is still open needs nobody's confirmation, nor a change that names no other day.
      ...proven.updates
        .map(({ duePhrase, ...update }) => ({
          ...common,
          ...update,
          ...dated(duePhrase),
          text: '',
          kind: 'update' as const,
        }))
        .filter(({ status, item, due }) =>
          status === 'changed' ? due !== null && due !== input.openDays.get(item) : status !== 'still-open',
        ),
    ]
    const own = ownTalkOf({ ...input, language: pair.language, talk: proven.talk })
    return {
      engine,
      counts: { found: found.length, dropped },
      calls,
      next: [
        'link' as const,
        ...(again > 0 ? [] : ['embed' as const]),
        ...(extraction.instead === undefined ? [] : readAgain(source, again, extraction.instead, undefined)),
      ],
      async write(tx) {
        await writeProposals(tx, source, found)
        if (input.settled) await tx.run(...confirmAll(source.pair, source.meeting))
        await tx.run(
          ...replaceRemarks(source, proven),
          storeTalk(source.pair, source.transcript, {
            engine,
            talk: withCues(proven.talk, lines, input.cueCount),
            notice: extraction.unreadable ?? null,
          }),
          ...storeOwnTalk(source.pair, source.transcript, own),
        )
      },
    }
  },
})

/** Proposals nobody touched are replaced; what somebody settled is neither lost nor proposed again. */
const writeProposals = async (
  tx: Tx,
  { pair, meeting, transcript }: Source,
  found: readonly NewFindingRecord[],
) => {
  const current = await tx.first(transcriptById(pair, transcript))
  if (current?.meetingId !== meeting)
    throw new Refusal('transcript-moved', 503, 'The transcript was put on another meeting meanwhile.')
  await tx.run(...deleteProposals(pair, transcript))
  const settled = await tx.all(settledEvidence(pair, transcript))
  // Another engine may have cut the same words a little longer or shorter.
  const isSettled = ({ kind, evidence }: { kind: string; evidence: readonly Evidence[] }) =>
    settled.some(row => {
      const words = row.quote
      if (row.kind !== kind || words === null) return false
      return evidence.some(
        ({ line, quote }) => line === row.line && (quote.includes(words) || words.includes(quote)),
      )
    })
  const fresh = found.filter(finding => !isSettled(finding))
  if (fresh.length > 0) await tx.several(...fresh.map(finding => insertFinding(pair, finding, null)))
}

/** The threads of what stood in the way before a meeting. */
const knownBefore = (mentions: readonly ComparableMention[], at: string): KnownRoadblock[] => {
  const earlier = mentions.filter(({ thread, on }) => thread !== null && on < at)
  return [...Map.groupBy(earlier, ({ thread }) => thread).values()].map(all => ({
    said: all.flatMap(({ quotes }) => quotes),
    isResolved: all.at(-1)!.status === 'resolved',
    on: all.at(-1)!.on,
  }))
}

const personOf = (pair: PairRecord, name: string | null): string | null =>
  name === pair.managerName ? pair.managerId : name === pair.reportName ? pair.reportId : null

const nameOf = (pair: PairRecord, person: string | null): string | null =>
  person === pair.managerId ? pair.managerName : person === pair.reportId ? pair.reportName : null
