import {
  type Arbitrary,
  array,
  assert,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  record,
  uint8Array,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Refusal } from '../../src/domain/errors.ts'
import {
  applyOne,
  documentOf,
  longestNote,
  noteRoot,
  plainText,
  stateOf,
  updateOfText,
} from '../../src/notes/document.ts'
import { seedOfRun } from '../support/random.ts'

const seed = seedOfRun('shared notes')

/** A document's changes as updates, as a page sends them. */
const changesOf = (change: (document: Y.Doc) => void, from: readonly Uint8Array[] = []): Uint8Array => {
  const document = documentOf(from)
  const updates: Uint8Array[] = []
  document.on('update', (update: Uint8Array) => void updates.push(update))
  change(document)
  return Y.mergeUpdates(updates)
}

const type = (text: string, at = 0, from: readonly Uint8Array[] = []) =>
  changesOf(document => document.getText(noteRoot).insert(at, text), from)

describe('what is not plain text in a note is refused, and the note stays', () => {
  const start = updateOfText('The kiln is fixed.')
  const refused: [name: string, update: Uint8Array, code: string][] = [
    ['bytes of nothing', new Uint8Array([1, 2, 3, 4]), 'note-update-unreadable'],
    ['an update cut short', type('Another line.').slice(0, 12), 'note-update-unreadable'],
    ['a map', changesOf(document => document.getMap('x').set('a', 1)), 'note-update-unreadable'],
    [
      'a text of another name',
      changesOf(document => document.getText('other').insert(0, 'hidden')),
      'note-update-unreadable',
    ],
    [
      'an embedded thing',
      changesOf(document => document.getText(noteRoot).insertEmbed(0, { a: 1 })),
      'note-update-unreadable',
    ],
    [
      'formatting',
      changesOf(document => document.getText(noteRoot).insert(0, 'bold', { bold: true })),
      'note-update-unreadable',
    ],
    ['more than a note holds', type('x'.repeat(longestNote)), 'note-too-long'],
    ['more bytes than an update may have', type('x'.repeat(600_000)), 'note-too-long'],
    [
      'what rests on something that has not come',
      changesOf(document => document.getText(noteRoot).insert(3, 'more'), [updateOfText('unknown here')]),
      'note-gap',
    ],
    [
      'a deletion of what has not come',
      changesOf(document => document.getText(noteRoot).delete(0, 4), [updateOfText('unknown here')]),
      'note-gap',
    ],
  ]
  test.each(refused)('%s', (_name, update, code) => {
    const document = documentOf([start])
    expect(() => applyOne(document, update)).toThrow(expect.objectContaining({ code }))
    // What is kept is made of rows that were let in, never of the document that refused.
    expect(plainText(documentOf([start]))).toBe('The kiln is fixed.')
  })

  const fateOf = (update: Uint8Array): string => {
    try {
      applyOne(documentOf([start]), update)
      return 'taken'
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error)
    }
  }

  test('any bytes are taken or refused, never thrown over', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), bytes => {
        expect(fateOf(bytes)).toMatch(/^(?:taken$|note-)/)
      }),
      { seed, numRuns: 1_000 },
    )
  })

  test('an update with any byte changed is taken or refused, never thrown over', () => {
    const update = type('Maren writes the letter.', 3, [start])
    assert(
      property(nat(update.length - 1), integer({ min: 0, max: 255 }), (at, byte) => {
        expect(fateOf(update.with(at, byte))).toMatch(/^(?:taken$|note-)/)
      }),
      { seed, numRuns: 1_000 },
    )
  })
})

test('sent twice, it counts once', () => {
  const document = documentOf([])
  const update = type('Once.')
  expect(applyOne(document, update)).not.toBeNull()
  expect(applyOne(document, update)).toBeNull()
  expect(plainText(document)).toBe('Once.')
})

test('zeros and halves of characters, which a database does not keep, are replaced', () => {
  expect(plainText(documentOf([updateOfText('a\0b\ud800c')]))).toBe('a\ufffdb\ufffdc')
})

/** A page: its document, and what it has not brought to the server. */
interface Page {
  readonly document: Y.Doc
  unsent: Uint8Array[]
  /** Every character it ever typed and did not delete again. */
  readonly typed: Set<string>
}

type Act =
  | { readonly kind: 'type'; readonly page: 0 | 1; readonly at: number; readonly letters: number }
  | { readonly kind: 'delete'; readonly page: 0 | 1; readonly at: number }
  | { readonly kind: 'send'; readonly page: 0 | 1; readonly fate: 'arrives' | 'answer-lost' | 'lost' }
  | { readonly kind: 'pull'; readonly page: 0 | 1 }
  | { readonly kind: 'merge' }

const page = constantFrom<0 | 1>(0, 1)
const act: Arbitrary<Act> = oneof(
  {
    weight: 4,
    arbitrary: record({
      kind: constant('type' as const),
      page,
      at: nat(200),
      letters: integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constant('delete' as const), page, at: nat(200) }) },
  {
    weight: 3,
    arbitrary: record({
      kind: constant('send' as const),
      page,
      fate: constantFrom('arrives' as const, 'answer-lost' as const, 'lost' as const),
    }),
  },
  { weight: 2, arbitrary: record({ kind: constant('pull' as const), page }) },
  { weight: 1, arbitrary: record({ kind: constant('merge' as const) }) },
)

test('two pages whose messages are lost, doubled and late come to the same text, with all that either typed', () => {
  let typedInAll = 0
  assert(
    property(array(act, { minLength: 5, maxLength: 60 }), acts => {
      let rows: Uint8Array[] = []
      let next = 0
      const server = (update: Uint8Array) => {
        const fresh = applyOne(documentOf(rows), update)
        if (fresh) rows.push(fresh)
      }
      const pages = ([0, 1] as const).map((): Page => {
        const made: Page = { document: new Y.Doc(), unsent: [], typed: new Set() }
        made.document.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin !== 'server') made.unsent.push(update)
        })
        return made
      })
      const pull = ({ document }: Page) => {
        for (const row of rows) Y.applyUpdate(document, row, 'server')
      }
      const send = (one: Page, fate: 'arrives' | 'answer-lost' | 'lost') => {
        if (one.unsent.length === 0 || fate === 'lost') return
        server(Y.mergeUpdates(one.unsent))
        if (fate === 'arrives') one.unsent = []
      }
      for (const step of acts) {
        const one = 'page' in step ? pages[step.page] : undefined
        const text = one?.document.getText(noteRoot)
        if (step.kind === 'merge') rows = rows.length === 0 ? [] : [stateOf(documentOf(rows))]
        else if (!one || !text) continue
        else if (step.kind === 'type') {
          // Every letter is one of a kind, so that a lost one is missed.
          const letters = Array.from({ length: step.letters }, () => String.fromCodePoint(0x4e00 + next++))
          for (const letter of letters) one.typed.add(letter)
          text.insert(Math.min(step.at, text.length), letters.join(''))
        } else if (step.kind === 'delete' && text.length > 0) {
          const at = step.at % text.length
          const letter = text.toJSON().charAt(at)
          for (const each of pages) each.typed.delete(letter)
          text.delete(at, 1)
        } else if (step.kind === 'send') send(one, step.fate)
        else if (step.kind === 'pull') pull(one)
      }
      for (const one of pages) send(one, 'arrives')
      for (const one of pages) pull(one)
      const kept = plainText(documentOf(rows))
      expect(pages.map(({ document }) => plainText(document))).toEqual([kept, kept])
      for (const { typed } of pages) {
        typedInAll += typed.size
        for (const letter of typed) expect(kept).toContain(letter)
      }
      expect(kept).toHaveLength(pages.reduce((sum, { typed }) => sum + typed.size, 0))
    }),
    { seed, numRuns: 300 },
  )
  expect(typedInAll).toBeGreaterThan(2_000)
})
