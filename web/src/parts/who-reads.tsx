import type { PairView } from '../../../src/domain/api/pairs.ts'
import { firstName, otherOf } from '../format.ts'
import { Icon } from './icon.tsx'

/** What the wall in the database holds to, as a table; folded once the two know each other. */
export const WhoReads = ({ pair, held }: { pair: PairView; held: number }) => {
  const other = firstName(otherOf(pair).name)
  const ofBoth = ['Agenda, shared note, promises', 'Transcript, while it is kept']
  return (
    <section>
      <details open={held <= 3}>
        <summary>
          <h2>Who can read what</h2>
        </summary>
        <table class="plain-table reads">
          <thead>
            <tr>
              <th scope="col">
                <span class="vh">What</span>
              </th>
              <th scope="col">You</th>
              <th scope="col">{other}</th>
              <th scope="col">Administrator</th>
            </tr>
          </thead>
          <tbody>
            {ofBoth.map(what => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>reads</td>
                <td>reads</td>
                <td class="never">never</td>
              </tr>
            ))}
            <tr class="mine-row">
              <th scope="row">
                <Icon name="lock" small />
                Your note, brief, mirror and drafts
              </th>
              <td>reads</td>
              <td class="never">never</td>
              <td class="never">never</td>
            </tr>
          </tbody>
        </table>
      </details>
    </section>
  )
}
