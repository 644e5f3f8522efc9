import { expect, test } from 'vitest'
import type { PairRow } from '../../src/domain/api/pairs.ts'
import { pairOf } from '../../web/src/folder/pair-of.ts'

const rowWith = (name: string) =>
  ({
    pair: { id: name, me: 'manager', manager: { name: 'Ines Calder' }, report: { name } },
    next: null,
    waiting: 0,
  }) as PairRow

const rows = ['Tomasz Brandt', 'Zoë Lindqvist', 'Anna Brandt', 'Anna Novak'].map(rowWith)

test.each([
  ['by who speaks', 'talk.txt', 'Tomasz Brandt: Hello.\nInes: Hi.', 'Tomasz Brandt'],
  ['by a first name alone', 'talk.txt', 'tomasz: hello\nines: hi', 'Tomasz Brandt'],
  ['by its path', '1on1/Zoe_Lindqvist/2026-03-10.txt', 'Speaker 1: Hello.', 'Zoë Lindqvist'],
  ['by its path before the words', 'Tomasz/talk.txt', 'Zoë: Hello.', 'Tomasz Brandt'],
  ['by a whole name where a first name is shared', 'talk.txt', 'Anna Novak: Hello.', 'Anna Novak'],
  ['not by half a word', 'talk.txt', 'We use Zoetrope and Tomaszewski.', null],
  ['not where two could be meant', 'talk.txt', 'Anna: Hello.', null],
  ['not where nobody is named', 'talk.txt', 'Speaker 1: Hello.', null],
])('%s', (_case, path, text, name) => {
  expect(pairOf(rows, path, text)?.pair.report.name ?? null).toBe(name)
})

test('with one 1:1 only there is nothing to tell apart', () => {
  expect(pairOf(rows.slice(0, 1), 'talk.txt', 'Speaker 1: Hello.')?.pair.report.name).toBe('Tomasz Brandt')
})
