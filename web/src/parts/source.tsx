import type { SourceView } from '../../../src/domain/api/preparation.ts'
import { shortDay } from '../format.ts'
import { address } from '../route.ts'
import { Icon } from './icon.tsx'

/** Where a line of the program comes from: its day, and the way to the very words. */
export const Source = ({ pair, source }: { pair: string; source: SourceView }) => {
  const { kind, day, meeting, transcript, line } = source
  if (day === null) return null
  const href =
    transcript !== null && line !== null
      ? address.review(pair, transcript, line)
      : kind === 'roadblock'
        ? address.roadblock(pair, source.id)
        : meeting !== null
          ? address.after(pair, meeting)
          : undefined
  return (
    <>
      {' '}
      <a class={kind === 'own-note' ? 'src mine-src' : 'src'} href={href}>
        <Icon name={kind === 'own-note' ? 'lock' : 'quote'} />
        {kind === 'own-note' ? 'your note, ' : ''}
        {shortDay(day)}
        {line === null ? '' : `, line ${line}`}
      </a>
    </>
  )
}
