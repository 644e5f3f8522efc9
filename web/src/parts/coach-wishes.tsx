import { useState } from 'preact/hooks'
import { mostGlossary, mostWishes, type PairWishes } from '../../../src/domain/api/pair-wishes.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { patch, put, sentence } from '../api.ts'
import { longDay, whoWords } from '../format.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { FieldError } from './signs.tsx'

const languages = 'en da de es fr it ja ko nl nb pl pt sv tr uk zh'.split(' ')

/** "Deutsch" for `de`: a language is looked for by its own name. */
const ownName = (language: string): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

const Form = ({
  pair,
  kept,
  onSaved,
}: {
  pair: PairView
  kept: PairWishes
  onSaved: () => Promise<unknown>
}) => {
  const [language, setLanguage] = useState(pair.language)
  const [glossary, setGlossary] = useState(kept.glossary)
  const [wishes, setWishes] = useState(kept.wishes)
  const [error, setError] = useState<string>()
  const save = useOnce(async () => {
    try {
      if (language !== pair.language) await patch(`/pairs/${pair.id}`, { language })
      if (glossary !== kept.glossary || wishes !== kept.wishes)
        await put(`/pairs/${pair.id}/wishes`, { glossary, wishes, version: kept.version })
      setError(undefined)
      await onSaved()
      say('Saved. It counts from the next reading on.')
    } catch (failure) {
      setError(sentence(failure))
    }
  })
  return (
    <form class="stack space narrow" onSubmit={submits(save)}>
      <div class="f">
        <label for="language">You speak</label>
        <select
          class="in"
          id="language"
          aria-describedby="language-hint"
          value={language}
          onChange={event => setLanguage(event.currentTarget.value)}
        >
          {[...new Set([...languages, pair.language])].map(code => (
            <option key={code} value={code} lang={code}>
              {ownName(code)}
            </option>
          ))}
        </select>
        <p class="hint" id="language-hint">
          Findings and briefs of a model are in it. The offline coach reads English alone.
        </p>
      </div>
      <div class="f">
        <label for="glossary">Names and terms, one a line</label>
        <textarea
          class="in"
          id="glossary"
          rows={4}
          maxLength={mostGlossary}
          aria-describedby="glossary-hint"
          value={glossary}
          onInput={event => setGlossary(event.currentTarget.value)}
        />
        <p class="hint" id="glossary-hint">
          As they are spelled, for what a transcript mishears: “Kaseeno: our booking program”.
        </p>
      </div>
      <div class="f">
        <label for="wishes">What you both ask of it</label>
        <textarea
          class="in"
          id="wishes"
          rows={3}
          maxLength={mostWishes}
          aria-describedby="wishes-hint"
          value={wishes}
          onInput={event => setWishes(event.currentTarget.value)}
        />
        <p class="hint" id="wishes-hint">
          For example: leave out what is about our families. It can make the coach say less, and never lets it
          read more.
        </p>
      </div>
      {kept.changedAt && (
        <p class="small quiet">
          {whoWords(pair, kept.changedBy)} changed it last, {longDay(kept.changedAt.slice(0, 10))}.
        </p>
      )}
      {error && <FieldError id="wishes-error">{error}</FieldError>}
      <p>
        <button class="b" type="submit">
          Save
        </button>
      </p>
    </form>
  )
}

/** What the two tell the coach: their language, how names are spelled, and what they ask of it. */
export const CoachWishes = ({ pair, reload }: { pair: PairView; reload: () => Promise<void> }) => {
  const { value, reload: again } = useLoaded<PairWishes>(`/pairs/${pair.id}/wishes`, pair.id)
  if (!value) return null
  return (
    <section aria-labelledby="wishes-title">
      <h2 id="wishes-title">How the coach reads and writes</h2>
      <Form
        key={`${value.version} ${pair.language}`}
        pair={pair}
        kept={value}
        onSaved={() => Promise.all([again(), reload()])}
      />
    </section>
  )
}
