import { useState } from 'preact/hooks'
import type { NewLink } from '../../../src/domain/api/account.ts'
import type { PairView } from '../../../src/domain/api/pairs.ts'
import { post, sentence } from '../api.ts'
import { firstName, otherOf } from '../format.ts'
import { say } from '../say.ts'
import { HandOver } from './new-link.tsx'

/** While the other half has not joined: the link that lets them in. */
export const InviteOther = ({ pair }: { pair: PairView }) => {
  const [link, setLink] = useState<NewLink>()
  const other = otherOf(pair)
  if (other.joined || pair.sample) return null
  const make = () =>
    post<NewLink>(`/people/${other.id}/invitation`).then(setLink, (failure: unknown) =>
      say(sentence(failure)),
    )
  return link ? (
    <HandOver link={link} to={firstName(other.name)} />
  ) : (
    <p class="small quiet">
      {firstName(other.name)} has not joined yet.{' '}
      <button class="lk" type="button" onClick={() => void make()}>
        Make a link to invite them
      </button>
    </p>
  )
}
