import type { RhythmPage } from '../../../../src/domain/api/rhythm.ts'
import { countWords, firstName } from '../../format.ts'

/** What became of promises, both sides in the same ink, the report first. */
export const Kept = ({ page }: { page: RhythmPage }) => {
  const rows = [page.pair.report, page.pair.manager].map(({ id, name }) => ({
    name: firstName(name),
    ...(page.promises.find(({ person }) => person === id) ?? { onTime: 0, late: 0, dropped: 0, open: 0 }),
  }))
  const due = rows.reduce((sum, { onTime, late, dropped }) => sum + onTime + late + dropped, 0)
  if (due < 5)
    return (
      <p class="quiet">
        Not enough data yet. {countWords(due, 'promise', 'promises')} came due or was settled; from five on
        they stand here by side.
      </p>
    )
  return (
    <>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">
              <span class="vh">Side</span>
            </th>
            {['On time', 'Late', 'Dropped', 'Open'].map(words => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, onTime, late, dropped, open }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{onTime}</td>
              <td>{late}</td>
              <td>{dropped}</td>
              <td>{open}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small quiet space-s">
        Late is kept after its day, or still open after it. One without a day is on time when it is kept.
      </p>
    </>
  )
}

/** What sending status in writing has saved. */
export const GivenBack = ({ page: { givenBack } }: { page: RhythmPage }) => {
  const { written, minutes } = givenBack
  const items = countWords(written, 'item was', 'items were')
  if (minutes === null)
    return (
      <p class="quiet">
        Not enough data yet. {items} sent in writing instead of being talked through; from five on, beside
        five that were talked through, we can say what that saved.
      </p>
    )
  return (
    <p class="quiet">
      {items} sent in writing instead of being talked through. By what status takes in your meetings, that
      gave back about {countWords(minutes, 'minute', 'minutes').toLowerCase()}.
    </p>
  )
}
