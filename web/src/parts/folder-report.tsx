import type { PairRow } from '../../../src/domain/api/pairs.ts'
import type { TranscriptRow } from '../../../src/domain/api/transcripts.ts'
import { changeFile, forgetBatch, leaveOut, type OldFile, sendBatch } from '../folder/batch.ts'
import { countWords, otherOf } from '../format.ts'
import { address } from '../route.ts'

interface Props {
  readonly files: readonly OldFile[]
  readonly leftOut: readonly string[]
  readonly reading: ReadonlyMap<string, TranscriptRow>
  readonly sending: boolean
  readonly rows: readonly PairRow[]
}

const Bar = ({ words, part, whole }: { words: string; part: number; whole: number }) => (
  <div class="space">
    <p>{words}</p>
    <div
      class="progress"
      role="progressbar"
      aria-label={words}
      aria-valuemin={0}
      aria-valuemax={whole}
      aria-valuenow={part}
    >
      <span style={{ width: `${(100 * part) / Math.max(1, whole)}%` }} />
    </div>
  </div>
)

/** Where the whole folder stands, and what was not read, each with its reason. */
export const FolderReport = ({ files, leftOut, reading, sending, rows }: Props) => {
  const rowOf = ({ transcript }: OldFile) => reading.get(transcript ?? '')
  const sent = files.filter(({ state }) => state === 'kept' || state === 'already')
  const whole = files.filter(({ state }) => sending || state !== 'ready').length
  const refused = files.filter(({ state }) => state === 'refused')
  const read = sent.filter(file => rowOf(file)?.state === 'read' && rowOf(file)?.work === 'none')
  const unread = sent.filter(file => rowOf(file)?.state === 'unreadable')
  const stuck = sent.filter(file => rowOf(file)?.work === 'failed')
  const already = sent.filter(({ state }) => state === 'already')
  const isOver = !sending && sent.length > 0 && read.length + unread.length + stuck.length === sent.length
  const tryAgain = () => {
    for (const { path } of refused) changeFile(path, { state: 'ready', why: null })
    void sendBatch()
  }
  if (whole === 0 && leftOut.length === 0) return null
  return (
    <section aria-labelledby="folder-report">
      <h2 id="folder-report">{isOver ? 'All gone through' : whole > 0 ? 'On its way' : 'Left out'}</h2>
      {whole > 0 && (
        <>
          <Bar words={`${sent.length} of ${whole} are kept safe`} part={sent.length} whole={whole} />
          <Bar words={`${read.length} of ${whole} are read`} part={read.length} whole={whole} />
        </>
      )}
      {sending && (
        <p class="small quiet space">
          You can look at other pages meanwhile. Closing this window stops the sending; what is kept safe is
          read all the same.
        </p>
      )}
      {already.length > 0 && (
        <p class="space">{countWords(already.length, 'was here already', 'were here already')}.</p>
      )}
      {[...unread, ...stuck].length > 0 && (
        <>
          <h3 class="space">Could not be read</h3>
          <ul class="list">
            {[...unread, ...stuck].map(file => {
              const row = rowOf(file)
              return (
                <li key={file.path}>
                  <p class="nm">{file.path}</p>
                  <p class="small quiet">
                    {row?.refusal?.message ??
                      'A step of it did not come to an end. It can be tried again there.'}{' '}
                    {row && file.pair && (
                      <a href={address.after(file.pair, row.meeting)}>Discard it or look at it</a>
                    )}
                  </p>
                </li>
              )
            })}
          </ul>
        </>
      )}
      {refused.length > 0 && (
        <>
          <h3 class="space">Not taken</h3>
          <ul class="list">
            {refused.map(({ path, why }) => (
              <li key={path}>
                <p class="nm">{path}</p>
                <p class="small quiet">
                  {why}{' '}
                  <button
                    class="lk"
                    type="button"
                    aria-label={`Leave it out: ${path}`}
                    onClick={() => leaveOut(path)}
                  >
                    Leave it out
                  </button>
                </p>
              </li>
            ))}
          </ul>
          <p class="space">
            <button class="b" type="button" onClick={tryAgain}>
              Try these again
            </button>
          </p>
        </>
      )}
      {leftOut.length > 0 && (
        <details>
          <summary>
            {countWords(leftOut.length, 'file is', 'files are')} no transcript by the ending or the size
          </summary>
          <ul class="list">
            {leftOut.map(path => (
              <li class="small" key={path}>
                {path}
              </li>
            ))}
          </ul>
        </details>
      )}
      {isOver && (
        <p class="row space">
          {rows
            .filter(({ pair }) => sent.some(file => file.pair === pair.id))
            .map(({ pair }) => (
              <a class="b" key={pair.id} href={address.pair(pair.id)}>
                To your 1:1 with {otherOf(pair).name}
              </a>
            ))}
          <button class="b plain" type="button" onClick={forgetBatch}>
            Put this list away
          </button>
        </p>
      )}
    </section>
  )
}
