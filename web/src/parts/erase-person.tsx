import type { PersonView } from '../../../src/domain/api/people.ts'
import { ApiFailure, post } from '../api.ts'
import { say } from '../say.ts'
import { Erase } from './erase.tsx'

/** For administrators: by the name as it stands in the list. */
export const ErasePerson = ({
  people,
  reload,
}: {
  people: readonly PersonView[]
  reload: () => Promise<void>
}) => (
  <Erase
    id="erase-person"
    summary="Erase somebody"
    label="Type the whole name of whoever is to be erased"
    hint="as it stands in the list"
    act="Erase this person"
    onErase={async name => {
      const alike = people.filter(
        person =>
          person.state !== 'erased' && person.name.trim().toLocaleLowerCase() === name.toLocaleLowerCase(),
      )
      const [person] = alike
      if (!person || alike.length > 1)
        throw new ApiFailure(422, 'name-differs', 'No one person here has that name. Nothing was erased.')
      await post(`/people/${person.id}/erasure`, { name })
      say('The person is erased.')
      await reload()
    }}
  >
    Their account goes, and all that only they could read. In what they shared with others they are called
    “former colleague”, and the lines they spoke go. What the others wrote stays.
  </Erase>
)
