import type { AgendaPage, AgendaTemplate, AgendaTemplates } from '../../../../src/domain/api/agenda.ts'
import type { Agenda } from '../../agenda-acts.ts'
import { post, remove, sentence } from '../../api.ts'
import { useLoaded } from '../../load.ts'
import { useOnce } from '../../once.ts'
import { say } from '../../say.ts'
import { Icon } from '../icon.tsx'
import { Menu } from '../menu.tsx'

const useTemplates = ({ pair, path, show }: Agenda) => {
  const templates = `/pairs/${pair.id}/agenda-templates`
  const { value, reload } = useLoaded<AgendaTemplates>(templates)
  const take = useOnce(async ({ id }: AgendaTemplate) => {
    try {
      const { items } = await post<AgendaPage>(`${path}/from-template`, { template: id })
      show(items)
    } catch (failure) {
      say(sentence(failure))
    }
  })
  const forget = async (template: AgendaTemplate) => {
    const { name, items } = template
    try {
      await remove(`${templates}/${template.id}`)
      say(`No longer kept: ${name}`, async () => {
        await post(templates, { name, items }).catch((failure: unknown) => say(sentence(failure)))
        await reload()
      })
    } catch (failure) {
      say(sentence(failure))
    }
    await reload()
  }
  const keep = async (name: string, items: AgendaTemplate['items']) => {
    await post(templates, { name, items })
    await reload()
    say(`Kept for next time: ${name}`)
  }
  return { templates: value?.templates ?? [], take, forget, keep }
}

/** Nothing there yet: something to begin with, for one's own part. */
export const BeginWith = ({ agenda }: { agenda: Agenda }) => {
  const { templates, take } = useTemplates(agenda)
  return (
    <div class="empty space">
      <p>Nothing on the agenda yet</p>
      <p class="quiet">Write down what is on your mind, or begin with one of these. You can change it all.</p>
      <p class="row space begin">
        {templates.map(template => (
          <button class="b tiny" type="button" key={template.id} onClick={() => void take(template)}>
            {template.name}
          </button>
        ))}
      </p>
    </div>
  )
}

/** Templates at hand while there is something on the agenda, and the way to keep this one. */
export const TemplateMenu = ({
  agenda,
  onKeep,
}: {
  agenda: Agenda
  /** Asks for a name; null: there is nothing of mine to keep. */
  onKeep: (() => void) | null
}) => {
  const { templates, take, forget } = useTemplates(agenda)
  return (
    <Menu
      className="b plain tiny"
      label="Templates"
      face={
        <>
          Templates
          <Icon name="down" small />
        </>
      }
    >
      {templates.map(template => (
        <button class="menu-row" type="button" key={template.id} onClick={() => void take(template)}>
          {template.name}
        </button>
      ))}
      {onKeep && (
        <button class="menu-row apart" type="button" onClick={onKeep}>
          Keep mine as a template
        </button>
      )}
      {templates
        .filter(({ own }) => own)
        .map(template => (
          <button class="menu-row" type="button" key={template.id} onClick={() => void forget(template)}>
            Forget {template.name}
          </button>
        ))}
    </Menu>
  )
}

/** The name under which my part is kept. */
export const KeepTemplate = ({ agenda, onDone }: { agenda: Agenda; onDone: () => void }) => {
  const { keep } = useTemplates(agenda)
  const mine = agenda.items.filter(({ raisedBy }) => raisedBy === agenda.pair[agenda.pair.me].id)
  const save = useOnce(async (name: string) => {
    try {
      await keep(
        name,
        mine.slice(0, 20).map(({ text, kind }) => ({ text, kind })),
      )
      onDone()
    } catch (failure) {
      say(sentence(failure))
    }
  })
  return (
    <form
      class="row space"
      aria-label="Keep mine as a template"
      onSubmit={event => {
        event.preventDefault()
        const name = new FormData(event.currentTarget).get('name')
        if (typeof name === 'string' && name.trim() !== '') void save(name.trim())
      }}
    >
      <input class="in said narrow" name="name" aria-label="Its name" placeholder="Its name" maxLength={80} />
      <button class="b" type="submit">
        Keep it
      </button>
      <button class="b plain" type="button" onClick={onDone}>
        Leave it
      </button>
    </form>
  )
}
