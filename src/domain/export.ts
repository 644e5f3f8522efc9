type Row = Readonly<Record<string, unknown>>
/** What a person takes with them: every row they may read, by the name of its table. */
export type Exported = Readonly<Record<string, readonly Row[]>>

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const day = (value: unknown): string => text(value).slice(0, 10)
/** Words on one line, so that a list stays a list. */
const flat = (words: readonly string[]): string =>
  words
    .filter(word => word !== '')
    .join(' ')
    .replaceAll(/\s*\n\s*/g, ' ')

/** What one section of a page is written with. */
interface Desk {
  readonly me: string
  readonly nameOf: (id: unknown) => string
  readonly of: (table: string, where: Row) => readonly Row[]
  readonly list: (title: string, lines: readonly string[]) => void
  readonly line: (words: string) => void
}

/** The same for reading: 1:1 by 1:1 and meeting by meeting, as Markdown. Ids and what is counted stay in the JSON. */
export const exportAsText = (all: Exported, me: string, at: string): string => {
  const names = new Map((all['person'] ?? []).map(person => [person['id'], text(person['name'])]))
  const nameOf = (id: unknown) => names.get(id) ?? 'somebody'
  const out = [`# What Rapport holds of ${nameOf(me)}`, '', `As of ${day(at)}.`]
  const desk: Desk = {
    me,
    nameOf,
    of: (table, where) =>
      (all[table] ?? []).filter(row =>
        Object.entries(where).every(([column, value]) => row[column] === value),
      ),
    line: words => void out.push('', words),
    list: (title, lines) => {
      const said = lines.filter(line => line !== '')
      if (said.length > 0) out.push('', title, '', ...said.map(line => `- ${line}`))
    },
  }
  for (const pair of all['pair'] ?? []) writePair(desk, pair)
  return `${out.join('\n')}\n`
}

const writePair = (desk: Desk, pair: Row): void => {
  const { me, nameOf, of, list, line } = desk
  const here = { pair_id: pair['id'] }
  line(`## 1:1 with ${nameOf(pair['manager_id'] === me ? pair['report_id'] : pair['manager_id'])}`)
  list(
    '### Goals',
    of('goal', here).flatMap(goal => [
      flat([text(goal['text']), `(${text(goal['state'])})`]),
      ...of('check_in', { goal_id: goal['id'] }).map(check =>
        flat([day(check['on_day']), `${nameOf(check['author_id'])}:`, text(check['text'])]),
      ),
    ]),
  )
  list(
    '### Feedback',
    of('feedback', here).flatMap(row => [
      flat([
        `${day(row['shared_at'])}, from ${nameOf(row['from_id'])}:`,
        ...['situation', 'behavior', 'impact', 'ask'].map(part => text(row[part])),
      ]),
      row['answer'] ? flat(['Answer:', text(row['answer'])]) : '',
    ]),
  )
  list(
    '### Asked for feedback',
    of('feedback_request', here).map(row =>
      flat([`${day(row['asked_at'])}, ${nameOf(row['asked_by'])}:`, text(row['question'])]),
    ),
  )
  list(
    '### Only you: noticed',
    of('observation', here).map(row => flat([`${day(row['seen_on'])}:`, text(row['text'])])),
  )
  list(
    '### Only you: drafts',
    of('feedback_draft', here).map(row =>
      flat(['rough', 'situation', 'behavior', 'impact', 'ask'].map(part => text(row[part]))),
    ),
  )
  list(
    '### Decided about roadblocks',
    of('roadblock_decision', here).map(row =>
      flat([day(row['decided_at']), `${text(row['choice'])}:`, text(row['what'])]),
    ),
  )
  list(
    '### Agendas you keep',
    of('agenda_template', here).map(({ name, items }) =>
      [text(name), ...(Array.isArray(items) ? items : []).map(item => text((item as Row)['text']))].join(
        '; ',
      ),
    ),
  )
  for (const meeting of of('meeting', here).toSorted((one, two) =>
    text(one['at']).localeCompare(text(two['at'])),
  ))
    writeMeeting(desk, meeting)
}

const writeMeeting = ({ nameOf, of, list, line }: Desk, meeting: Row): void => {
  const here = { meeting_id: meeting['id'] }
  line(`### Meeting of ${day(meeting['at'])} (${text(meeting['state'])})`)
  for (const { why } of of('meeting_reason', here)) if (text(why) !== '') line(flat(['Why:', text(why)]))
  list(
    'Agenda',
    of('agenda_item', here).flatMap(item => [
      flat([`${nameOf(item['raised_by'])}:`, text(item['text']), `(${text(item['state'])})`]),
      ...of('written_update', { agenda_item_id: item['id'] }).map(row =>
        flat([`In writing, ${nameOf(row['author_id'])}:`, text(row['text'])]),
      ),
    ]),
  )
  for (const note of of('note', here))
    if (text(note['text']) !== '') {
      line(note['visibility'] === 'private' ? 'Only you: your note' : 'Note of both')
      line(text(note['text']))
    }
  list(
    'Promises',
    of('action_item', here).map(row =>
      flat([
        row['owner_id'] ? `${nameOf(row['owner_id'])}:` : '',
        text(row['text']),
        row['due'] ? `by ${day(row['due'])}` : '',
        `(${text(row['state'])})`,
      ]),
    ),
  )
  for (const [table, title, standing] of [
    ['decision', 'Decisions', 'state'],
    ['roadblock_mention', 'Roadblocks', 'status'],
    ['remark', 'Said about growth and feedback', 'kind'],
  ] as const)
    list(
      title,
      of(table, here).map(row => flat([text(row['text']), `(${text(row[standing])})`])),
    )
  for (const transcript of of('transcript', here))
    list(
      `Transcript ${text(transcript['file_name'])}`,
      of('line', { transcript_id: transcript['id'] })
        .toSorted((one, two) => Number(one['no']) - Number(two['no']))
        .map(row => flat([`${text(row['speaker']) || 'Somebody'}:`, text(row['text'])])),
    )
}
