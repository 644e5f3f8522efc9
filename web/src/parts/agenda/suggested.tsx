import type { TopicsPage, TopicView } from '../../../../src/domain/api/preparation.ts'
import type { AgendaPage } from '../../../../src/domain/api/agenda.ts'
import { changeItem, type Agenda } from '../../agenda-acts.ts'
import { addItem } from '../../agenda-keeper.ts'
import { get, put, sentence } from '../../api.ts'
import { focused, useKeys } from '../../keys.ts'
import { kindWords } from '../../kinds.ts'
import { useLoaded } from '../../load.ts'
import { say } from '../../say.ts'
import { OnlyYou } from '../signs.tsx'
import { Source } from '../source.tsx'

const slips = () => [...document.querySelectorAll<HTMLElement>('[data-topic]')]
const slipOf = (key: string) => slips().find(slip => slip.dataset['topic'] === key)

/** After a slip is gone: the next one, else the one before, else the line in which one adds. */
const focusAfter = (key: string): void => {
  const all = slips()
  const at = all.findIndex(slip => slip.dataset['topic'] === key)
  const next = all[at + 1] ?? all[at - 1] ?? document.querySelector<HTMLElement>('#agenda-add')
  requestAnimationFrame(() => next?.focus())
}

/** What the two acts of a slip do; both can be taken back. */
const useTopics = (agenda: Agenda, meeting: string) => {
  const path = `/pairs/${agenda.pair.id}/topics`
  const { value, set, reload } = useLoaded<TopicsPage>(path, agenda.pair.id)
  const topics = value?.meeting === meeting ? value.topics : []
  const hide = ({ key }: TopicView) => {
    if (slipOf(key)?.contains(focused())) focusAfter(key)
    if (value) set({ ...value, topics: value.topics.filter(topic => topic.key !== key) })
  }
  const take = (topic: TopicView) => {
    hide(topic)
    const id = addItem(agenda.path, topic.item, topic.kind)
    say(`On the agenda, for both: ${topic.item}`, async () => {
      try {
        const { items } = await get<AgendaPage>(agenda.path)
        const item = items.find(one => one.id === id)
        if (item) await changeItem(agenda, item, { state: 'removed' })
      } catch (failure) {
        say(sentence(failure))
      }
      await Promise.all([agenda.reload(), reload()])
    })
  }
  const wave = async (topic: TopicView) => {
    const store = (away: boolean) =>
      put(`${path}/waved`, { key: topic.key, away }).catch((failure: unknown) => say(sentence(failure)))
    hide(topic)
    say(`Waved away: ${topic.text}`, async () => {
      await store(false)
      await reload()
    })
    await store(true)
    await reload()
  }
  return { topics, take, wave }
}

/**
 * What one could raise, where it would stand once taken: at the end of one's own part, on private paper.
 * T and W take and wave away the slip that has the focus, else the first one.
 */
export const Suggested = ({ agenda, meeting }: { agenda: Agenda; meeting: string }) => {
  const { topics, take, wave } = useTopics(agenda, meeting)
  const meant = () => topics.find(({ key }) => slipOf(key)?.contains(focused())) ?? topics[0]
  useKeys({
    t: () => {
      const topic = meant()
      if (topic) take(topic)
    },
    w: () => {
      const topic = meant()
      if (topic) void wave(topic)
    },
  })
  if (topics.length === 0) return null
  return (
    <ul class="suggestions" aria-label="Suggestions">
      {topics.map(topic => (
        <li key={topic.key} data-topic={topic.key} tabIndex={-1}>
          <div class="private suggest">
            <p class="what">
              <span class="vh">Suggestion, only you, until you take it: </span>
              {topic.text}
            </p>
            <p class="row">
              <button
                class="b tiny"
                type="button"
                aria-label={`Take it: ${topic.text}`}
                onClick={() => take(topic)}
              >
                Take it
              </button>
              <button
                class="b plain tiny"
                type="button"
                aria-label={`Wave away: ${topic.text}`}
                onClick={() => void wave(topic)}
              >
                Wave away
              </button>
            </p>
            <p class="why">{topic.reason}</p>
            <p class="foot">
              <OnlyYou>Only you, until you take it</OnlyYou>
              <span>{kindWords[topic.kind]}</span>
              {topic.sources.slice(0, 3).map(source => (
                <Source key={source.id} pair={agenda.pair.id} source={source} />
              ))}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
