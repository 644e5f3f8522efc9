import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { dueDate } from '../../src/domain/due-date.ts'
import { cases } from './due-date.cases.ts'

const when = {
  meetingLocal: '2026-03-12T10:00',
  timezone: 'Europe/Lisbon',
  nextMeetingLocal: '2026-03-19T10:00',
}

describe('due dates', () => {
  test.each(cases)('%j is due %s', (text, due) => {
    expect(dueDate(text, when).due).toBe(due)
  })

  test('copies the phrase as it stands in the text', () => {
    expect(dueDate('Well, I will send it by Friday, promised.', when).phrase).toBe('by Friday')
  })

  test('says when a day is a convention rather than a word', () => {
    expect(dueDate('early next week', when).certainty).toBe('approximate')
    expect(dueDate('by Friday', when).certainty).toBe('exact')
    expect(dueDate('soon', when)).toEqual({ due: null, phrase: null, certainty: 'none' })
  })

  test('keeps the phrase but no day when the next meeting is not planned', () => {
    const answer = dueDate('before our next 1:1', { ...when, nextMeetingLocal: null })
    expect(answer).toEqual({ due: null, phrase: 'before our next 1:1', certainty: 'none' })
  })

  test('rolls over the end of a year and a leap day', () => {
    expect(dueDate('by Friday', { ...when, meetingLocal: '2026-12-30T09:00' }).due).toBe('2027-01-01')
    expect(dueDate('tomorrow', { ...when, meetingLocal: '2028-02-28T09:00' }).due).toBe('2028-02-29')
  })

  test('does not depend on the zone of the process', () => {
    const script = `import { dueDate } from '${new URL('../../src/domain/due-date.ts', import.meta.url).href}'
      console.log(JSON.stringify(['by Friday', 'by the 20th', 'in two weeks', 'by 4/15/2026'].map(text => dueDate(text, ${JSON.stringify(when)}).due)))`
    const answers = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata'].map(TZ =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0] ?? '')).toEqual(['2026-03-13', '2026-03-20', '2026-03-26', '2026-04-15'])
  })
})
