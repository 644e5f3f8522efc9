import { useEffect, useState } from 'preact/hooks'
import type { CoachSettings, CoachSettingsChange, Verdict, Verdicts } from '../../../src/domain/api/coach.ts'
import { patch, post, sentence } from '../api.ts'
import { countWords } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { Bar } from '../parts/bar.tsx'
import { FailedWork } from '../parts/failed-work.tsx'
import { Icon } from '../parts/icon.tsx'
import { OwnPrompts } from '../parts/own-prompts.tsx'
import { FieldError, NothingHere, Title } from '../parts/signs.tsx'
import { ApiFailure } from '../api.ts'
import { say } from '../say.ts'
import type { ScreenProps } from '../screen.ts'

type FieldName = Exclude<keyof CoachSettingsChange, 'version' | 'engine'>
interface Shown {
  readonly name: FieldName
  readonly label: string
  readonly numeric?: true
  /** What few need is folded away. */
  readonly folded?: true
}
const fields: readonly Shown[] = [
  { name: 'baseUrl', label: 'Address' },
  { name: 'model', label: 'Model' },
  { name: 'key', label: 'Key' },
  { name: 'priceRead', label: 'Price per million tokens read', numeric: true },
  { name: 'priceWritten', label: 'Price per million tokens written', numeric: true },
  { name: 'mostAMonth', label: 'Spend at most, a month', numeric: true },
  { name: 'context', label: 'Tokens it reads at once', numeric: true, folded: true },
  { name: 'fallbackModel', label: 'A second model, when the first fails', folded: true },
  { name: 'embeddingModel', label: 'A model there that makes vectors for search', folded: true },
  { name: 'mostADay', label: 'Tokens a day, everybody together', numeric: true, folded: true },
  { name: 'mostAPerson', label: 'Tokens a day, each person', numeric: true, folded: true },
  { name: 'atOnce', label: 'Questions at once', numeric: true, folded: true },
]

const start = ({ engine, ...settings }: CoachSettings): Record<string, string> => ({
  engine,
  key: '',
  ...Object.fromEntries(
    fields
      .filter(({ name }) => name !== 'key')
      .map(({ name }) => [name, String(settings[name as never] ?? '')]),
  ),
})

/** Fields as typed, as the server takes them: empty is "not settled"; a key that was not typed stays. */
const changeOf = (typed: Record<string, string>, settings: CoachSettings): CoachSettingsChange => {
  const before = start(settings)
  const changed = fields.filter(
    ({ name }) => typed[name] !== before[name] && !(name in settings.fromEnvironment),
  )
  return {
    version: settings.version,
    engine: typed['engine'] === 'offline' ? 'offline' : 'llm',
    ...Object.fromEntries(
      changed.map(({ name, numeric }) => {
        const text = (typed[name] ?? '').trim()
        return [name, text === '' ? null : numeric ? Number(text) : text]
      }),
    ),
  }
}

/** Settings, the coach: who reads, at which address, and what an endpoint can do. Administrators only. */
export const Settings = ({ me, onSignedOut }: ScreenProps) => {
  const { value, error, reload } = useLoaded<CoachSettings>('/coach/settings')
  if (error instanceof ApiFailure && error.status === 404) return <NothingHere />
  return (
    <>
      <Bar me={me} looksAfter="settings" onSignedOut={onSignedOut} />
      <div class="spread">
        <main class="sheet" id="page">
          <header>
            <Title title="The coach">The coach</Title>
            <p class="lede">
              Rapport works with nothing but this machine. A language model can help it read; it is never
              needed.
            </p>
          </header>
          {value && <Form key={value.version} settings={value} onSaved={() => void reload()} />}
          {value && <OwnPrompts />}
          {value && <FailedWork />}
        </main>
        <aside class="rail" aria-label="What is sent">
          <section aria-labelledby="w1">
            <h2 id="w1">What is sent</h2>
            <p class="small quiet">
              Lines of a meeting that both agreed to have read. For a brief: what the one who asked may see,
              and nothing else. Where a model for vectors is named: passages of transcripts, and what somebody
              looks for.
            </p>
          </section>
          <section aria-labelledby="w2">
            <h2 id="w2">What is not</h2>
            <p class="small quiet">
              One person’s private words, in anything made for the other. Anything of other pairs.
            </p>
          </section>
        </aside>
      </div>
    </>
  )
}

const Form = ({ settings, onSaved }: { settings: CoachSettings; onSaved: () => void }) => {
  const [typed, setTyped] = useState(() => start(settings))
  const [error, setError] = useState<string>()
  const set = (name: string) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget
    setTyped(now => ({ ...now, [name]: value }))
  }
  const save = useOnce(async () => {
    try {
      await patch<CoachSettings>('/coach/settings', changeOf(typed, settings))
      setError(undefined)
      say('Saved. It counts from the next meeting on.')
      onSaved()
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  const inputs = (which: (field: Shown) => boolean) =>
    fields
      .filter(which)
      .map(field => (
        <Input
          key={field.name}
          field={field}
          settings={settings}
          value={typed[field.name] ?? ''}
          onInput={set(field.name)}
        />
      ))
  return (
    <form onSubmit={submits(save)}>
      <section aria-labelledby="s1" class="set">
        <h2 id="s1">Who reads the transcripts</h2>
        <fieldset>
          <legend class="vh">Who reads the transcripts</legend>
          <Pick
            checked={typed['engine'] === 'offline'}
            onPick={() => setTyped(now => ({ ...now, engine: 'offline' }))}
            title="The offline coach"
            more="Nothing leaves this machine"
          />
          <Pick
            checked={typed['engine'] !== 'offline'}
            onPick={() => setTyped(now => ({ ...now, engine: 'llm' }))}
            title="A model behind the address below, the offline coach as second reader"
            more="Lines of a meeting go to that address. What comes back counts only if its quote stands in the transcript. Without an address the offline coach reads alone"
          />
        </fieldset>
      </section>
      <section aria-labelledby="s2" class="set">
        <h2 id="s2">Address and model</h2>
        <div class="two-f wide-first">
          {inputs(({ folded }) => !folded)}
          <p class="hint small quiet whole-row">
            {settings.spentThisMonth.toFixed(2)} spent this month, {settings.tokensToday.toLocaleString('en')}{' '}
            tokens today. At a limit the offline coach goes on alone.
          </p>
          {settings.vectorsWaiting > 0 && (
            <p class="hint small quiet whole-row">
              {countWords(settings.vectorsWaiting, 'transcript waits', 'transcripts wait')} for vectors. Until
              they are made, search finds it by words.
            </p>
          )}
        </div>
        <details>
          <summary>More: a second model, vectors for search, limits in tokens</summary>
          <div class="two-f">{inputs(({ folded }) => folded === true)}</div>
        </details>
        {settings.paused !== null && (
          <p class="look small" role="status">
            The coach works offline: the model’s server does not do what is asked of it ({settings.paused}).
            It is asked again in{' '}
            {countWords(Math.ceil((settings.pausedSeconds ?? 0) / 60), 'minute', 'minutes').toLowerCase()}, or
            as soon as you save.
          </p>
        )}
        {error && <FieldError id="coach-error">{error}</FieldError>}
        <div class="row space">
          <button class="b main" type="submit">
            Save
          </button>
        </div>
      </section>
      <Trial />
    </form>
  )
}

const Input = ({
  field: { name, label, numeric },
  settings,
  value,
  onInput,
}: {
  field: Shown
  settings: CoachSettings
  value: string
  onInput: (event: { currentTarget: { value: string } }) => void
}) => {
  const variable = settings.fromEnvironment[name]
  const hint = variable
    ? `Set by ${variable} where Rapport is started. Change it there.`
    : name === 'key' && settings.hasKey
      ? 'One is kept. It is never shown again; type another to replace it.'
      : null
  return (
    <div class="f">
      <label for={`coach-${name}`}>{label}</label>
      <input
        class={numeric ? 'in num' : 'in'}
        id={`coach-${name}`}
        {...(name === 'key' ? { type: 'password' as const } : { type: 'text' as const })}
        autocomplete="off"
        inputMode={numeric ? 'decimal' : 'text'}
        readOnly={variable !== undefined}
        {...(hint ? { 'aria-describedby': `coach-${name}-hint` } : {})}
        value={value}
        onInput={onInput}
      />
      {hint && (
        <p class="hint" id={`coach-${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

const Pick = (props: { checked: boolean; onPick: () => void; title: string; more: string }) => (
  <label class="pick">
    <input type="radio" name="engine" checked={props.checked} onChange={props.onPick} />
    <span>
      <b>{props.title}</b>
      <small>{props.more}</small>
    </span>
  </label>
)

/** Tries what is saved, with invented lines. */
const Trial = () => {
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>()
  const [error, setError] = useState<string>()
  const [since, setSince] = useState<number>()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (since === undefined) return
    const tick = setInterval(() => setSeconds(Math.round((Date.now() - since) / 1_000)), 1_000)
    return () => clearInterval(tick)
  }, [since])
  const test = useOnce(async () => {
    setSince(Date.now())
    setError(undefined)
    try {
      setVerdicts((await post<Verdicts>('/coach/test')).verdicts)
    } catch (failure) {
      setError(sentence(failure))
    }
    setSince(undefined)
    setSeconds(0)
  })
  return (
    <section aria-labelledby="s3" class="set">
      <h2 id="s3">What a test sees</h2>
      <p class="small quiet">With invented lines, not with yours, and with what is saved.</p>
      <div class="row space">
        <button class="b" type="button" onClick={test}>
          Test it
        </button>
      </div>
      <div role="status">
        {since !== undefined && (
          <p class="quiet">Asking it. {seconds > 0 ? `${seconds} seconds so far.` : ''}</p>
        )}
        {verdicts && (
          <ul class="verdicts">
            {verdicts.map(({ code, weight, says, more }) => (
              <li key={says + code} class={weight === 'good' ? undefined : 'not'}>
                <span class="mark" aria-hidden="true">
                  <Icon name={weight === 'good' ? 'check' : 'note'} small />
                </span>
                <p>
                  {says} <span class="quiet">{more}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
      {error && <FieldError id="trial-error">{error}</FieldError>}
    </section>
  )
}
