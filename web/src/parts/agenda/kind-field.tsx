import { kindWords } from '../../kinds.ts'

/** Any kind, or one of the nine. */
export const KindField = ({ value, onChoose }: { value: string; onChoose: (kind: string) => void }) => (
  <select
    class="in kind"
    aria-label="Kind"
    value={value}
    onChange={event => onChoose(event.currentTarget.value)}
  >
    <option value="">Any kind</option>
    {Object.entries(kindWords).map(([kind, words]) => (
      <option key={kind} value={kind}>
        {words}
      </option>
    ))}
  </select>
)
