import type { FailedJob, FailedWork as Failed } from '../../../src/domain/api/failed-work.ts'
import { post, sentence } from '../api.ts'
import { shortDay } from '../format.ts'
import { useLoaded } from '../load.ts'
import { useOnce } from '../once.ts'
import { say } from '../say.ts'

const kinds: Readonly<Record<string, string>> = {
  read: 'Reading a transcript',
  extract: 'Finding what was said',
  link: 'Comparing roadblocks',
  embed: 'Making a transcript searchable',
  forget: 'Taking away what has run out',
  rhythm: 'Planning the next meetings',
  remind: 'Reminding people',
  brief: 'Preparing a brief',
  'read-again': 'Reading again with the model',
  'embed-again': 'Making a transcript searchable, once more',
  'renew-vectors': 'Making what is there searchable anew',
}

/** Work that failed for good, for whoever keeps the machine: of which kind and why, not whose. */
export const FailedWork = () => {
  const { value, reload } = useLoaded<Failed>('/failed-work')
  const retry = useOnce(async (path: string) => {
    try {
      await post(path)
      say('It is tried again.')
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  })
  if (!value || value.count === 0) return null
  return (
    <section aria-labelledby="failed-work" class="set">
      <h2 id="failed-work">
        Work that failed <span class="faint light">{value.count}</span>
      </h2>
      <p class="quiet">It was given up. You see what kind of work it is and why it failed, not whose.</p>
      <ul class="list">
        {value.failed.map(job => (
          <Row key={job.id} job={job} onRetry={() => void retry(`/failed-work/${job.id}/retry`)} />
        ))}
      </ul>
      {value.count > 1 && (
        <p>
          <button class="b" type="button" onClick={() => void retry('/failed-work/retry')}>
            Try all {value.count} again
          </button>
        </p>
      )}
    </section>
  )
}

const Row = ({ job, onRetry }: { job: FailedJob; onRetry: () => void }) => {
  const name = kinds[job.kind] ?? job.kind
  const day = shortDay(job.at)
  return (
    <li class="who-row">
      <div>
        <p class="nm">{name}</p>
        <p class="small quiet">{job.reason ?? 'No reason was noted'}</p>
      </div>
      <p class="quiet">{day}</p>
      <p class="acts">
        <button
          class="b plain tiny"
          type="button"
          aria-label={`Try again: ${name}, ${day}`}
          onClick={onRetry}
        >
          Try again
        </button>
      </p>
    </li>
  )
}
