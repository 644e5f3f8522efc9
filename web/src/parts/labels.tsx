import { useState } from 'preact/hooks'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { put, sentence } from '../api.ts'
import { firstName } from '../format.ts'
import { submits, useOnce } from '../once.ts'
import { say } from '../say.ts'

type Side = 'manager' | 'report' | 'other'

/** Who is who in the file: asked once per voice, and remembered. */
export const Labels = ({
  pair,
  labels,
  reload,
}: {
  pair: PairView
  labels: readonly string[]
  reload: () => Promise<void>
}) => {
  const [chosen, choose] = useState<Readonly<Record<string, Side>>>({})
  const nameOf = (side: 'manager' | 'report') => (pair.me === side ? 'You' : firstName(pair[side].name))
  const sides: readonly [Side, string][] = [
    ['report', nameOf('report')],
    ['manager', nameOf('manager')],
    ['other', 'Somebody else'],
  ]
  const save = useOnce(async () => {
    const known = labels.flatMap(label => {
      const side = chosen[label]
      return side ? [{ label, side: side === 'other' ? null : side }] : []
    })
    if (known.length === 0) return
    try {
      await put(`/pairs/${pair.id}/labels`, { labels: known })
      say('Remembered. The transcript is gone through once more.')
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  })
  return (
    <form class="plate space" onSubmit={submits(save)}>
      <h2>Who is who?</h2>
      <p class="small quiet">
        Asked once for each voice. Until then, nobody is named as the owner of what they promised.
      </p>
      {labels.map((label, index) => (
        <fieldset class="space" key={label}>
          <legend class="said">{label}</legend>
          <span class="choice">
            {sides.map(([side, words]) => (
              <label key={side}>
                <input
                  type="radio"
                  name={`voice-${index}`}
                  checked={chosen[label] === side}
                  onChange={() => choose({ ...chosen, [label]: side })}
                />
                {words}
              </label>
            ))}
          </span>
        </fieldset>
      ))}
      <p class="space">
        <button class="b" type="submit">
          Remember this
        </button>
      </p>
    </form>
  )
}
