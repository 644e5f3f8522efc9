import { useState } from 'preact/hooks'
import type { PromptList, PromptView } from '../../../src/domain/api/coach.ts'
import { put, remove, sentence } from '../api.ts'
import { useLoaded } from '../load.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'
import { FieldError } from './signs.tsx'

/** The words with which a model is asked: ours, or the workspace's own; going back is one action. */
export const OwnPrompts = () => {
  const { value, reload } = useLoaded<PromptList>('/coach/prompts')
  return (
    <section aria-labelledby="s4" class="set">
      <h2 id="s4">Prompts</h2>
      <p class="small quiet">
        Every finding keeps the name, version and hash of the prompt it was found with.
      </p>
      {value?.prompts.map(prompt => (
        <OnePrompt key={prompt.hash} prompt={prompt} onChanged={() => void reload()} />
      ))}
    </section>
  )
}

const OnePrompt = ({ prompt, onChanged }: { prompt: PromptView; onChanged: () => void }) => {
  const [text, setText] = useState(prompt.text)
  const [error, setError] = useState<string>()
  const doing = (work: () => Promise<unknown>, done: string) => async () => {
    try {
      await work()
      setError(undefined)
      say(done)
      onChanged()
    } catch (failure) {
      setError(sentence(failure))
    }
  }
  const path = `/coach/prompts/${prompt.name}`
  const save = useOnce(doing(() => put(path, { text }), 'Saved. It counts from the next question on.'))
  const goBack = useOnce(doing(() => remove(path), 'The prompt that ships with Rapport counts again.'))
  return (
    <details>
      <summary>
        {prompt.name}, version {prompt.version}
        {prompt.own ? ', your own' : ''}
      </summary>
      <form class="f" onSubmit={submits(save)}>
        <label for={`prompt-${prompt.name}`}>The prompt {prompt.name}</label>
        <textarea
          class="in"
          id={`prompt-${prompt.name}`}
          rows={16}
          spellcheck={false}
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
        <p class="hint">Hash {prompt.hash.slice(0, 12)}. Give a changed prompt a new version.</p>
        {error && <FieldError id={`prompt-${prompt.name}-error`}>{error}</FieldError>}
        <div class="row">
          <button class="b" type="submit">
            Use this one
          </button>
          {prompt.own && (
            <button class="b plain" type="button" onClick={goBack}>
              Go back to ours
            </button>
          )}
        </div>
      </form>
    </details>
  )
}
