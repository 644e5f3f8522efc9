import type { PairRow } from '../../../src/domain/api/pairs.ts'
import { changeFile, leaveOut, type OldFile } from '../folder/batch.ts'
import { countWords, longDay, otherOf } from '../format.ts'

const fromWords = {
  name: 'The day stands in its name',
  text: 'The day stands in its first lines',
  you: 'The day you chose',
} as const

/** When a file was last written says little: copying it makes it new. So it is told, and not taken. */
const noDayWords = (file: File): string =>
  `No day was found in it. The file itself is from ${longDay(new Date(file.lastModified).toISOString())}`

const FolderRow = ({ rows, file }: { rows: readonly PairRow[]; file: OldFile }) => (
  <li class="old-row">
    <div>
      <p class="nm">{file.file.name}</p>
      <p class={file.from ? 'small quiet' : 'small look'}>
        {file.from ? fromWords[file.from] : noDayWords(file.file)}
      </p>
      {file.pair === null && <p class="small look">Whose 1:1 it was is not clear</p>}
    </div>
    {rows.length > 1 && (
      <select
        class="in"
        aria-label={`1:1 of ${file.path}`}
        value={file.pair ?? ''}
        onChange={event => changeFile(file.path, { pair: event.currentTarget.value || null })}
      >
        <option value="">With whom?</option>
        {rows.map(({ pair }) => (
          <option key={pair.id} value={pair.id}>
            {otherOf(pair).name}
          </option>
        ))}
      </select>
    )}
    <input
      class="in"
      type="datetime-local"
      aria-label={`Day of ${file.path}`}
      value={file.local ?? ''}
      onChange={event => changeFile(file.path, { local: event.currentTarget.value || null, from: 'you' })}
    />
    <button
      class="b plain tiny"
      type="button"
      aria-label={`Leave out ${file.path}`}
      onClick={() => leaveOut(file.path)}
    >
      Leave out
    </button>
  </li>
)

/** What was understood of each file: what is not known comes first, the rest folded. */
export const FolderRows = ({ rows, files }: { rows: readonly PairRow[]; files: readonly OldFile[] }) => {
  const unsure = files.filter(({ asked }) => asked)
  const sure = files.filter(({ asked }) => !asked)
  return (
    <section aria-labelledby="folder-rows">
      <h2 id="folder-rows">{countWords(files.length, 'transcript', 'transcripts')} to add</h2>
      {unsure.length > 0 && (
        <ul class="list old-rows">
          {unsure.map(file => (
            <FolderRow key={file.path} rows={rows} file={file} />
          ))}
        </ul>
      )}
      {sure.length > 0 && (
        <details open={unsure.length === 0 && sure.length <= 12}>
          <summary>{countWords(sure.length, 'knows its day', 'know their day')} and with whom it was</summary>
          <ul class="list old-rows">
            {sure.map(file => (
              <FolderRow key={file.path} rows={rows} file={file} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
