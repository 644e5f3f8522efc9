import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { noteRoot } from '../../src/notes/document.ts'
import { joinOwner, type Member, okBody, openPair } from '../support/http-seed.ts'
import { startTestProgram, type TestProgram, type Visitor } from '../support/program.ts'

type Room = Awaited<ReturnType<typeof openPair>>

let program: TestProgram
let owner: Member
let room: Room

beforeAll(async () => {
  program = await startTestProgram()
  owner = await joinOwner(program)
  room = await openPair(program, owner)
})
afterAll(() => program[Symbol.asyncDispose]())

/** A meeting's note with one page open, which changes it and sends the change. */
const openNote = async () => {
  const { id: meeting } = await okBody(room.mine, 'POST', `${room.at}/meetings`, {
    local: '2026-03-12T10:00',
  })
  const path = `${room.at}/meetings/${meeting}`
  const document = new Y.Doc()
  const text = document.getText(noteRoot)
  const items = async () =>
    (await okBody(room.mine, 'GET', path)).findings.map(
      ({ text: words, owner: whose, due, state, note, evidence, id, version }: Record<string, any>) => ({
        words,
        whose: whose === room.manager.id ? 'manager' : whose === room.report.id ? 'report' : whose,
        due,
        state,
        isNote: note !== null,
        line: evidence[0].line,
        quote: evidence[0].quote,
        id,
        version,
      }),
    )
  return {
    path,
    text,
    items,
    async change(act: (text: Y.Text) => void, who: Visitor = room.mine) {
      const from = Y.encodeStateVector(document)
      document.transact(() => act(text))
      const update = Buffer.from(Y.encodeStateAsUpdate(document, from)).toString('base64')
      return okBody(who, 'POST', `${path}/note`, { update })
    },
    settle: async (state: string) => {
      const [item] = await items()
      return okBody(room.theirs, 'PATCH', `${room.at}/findings/action-item/${item.id}`, {
        version: item.version,
        state,
      })
    },
  }
}

describe('a line with a box in the shared note', () => {
  test('is proposed as it is typed, by its line; both see it', async () => {
    const note = await openNote()
    const answer = await note.change(text => text.insert(0, 'Berths\n[ ] @Tomasz send the draft by Friday'))
    const [item] = await note.items()
    expect(item).toMatchObject({
      words: 'send the draft',
      whose: 'report',
      due: '2026-03-13',
      state: 'proposed',
      isNote: true,
      line: 2,
      quote: '[ ] @Tomasz send the draft by Friday',
    })
    expect(answer.promises).toMatchObject([
      { id: item.id, line: 2, owner: room.report.id, due: '2026-03-13' },
    ])
    // Written on, it stays the same item.
    await note.change(text => text.insert(text.length, ' to the reps'), room.theirs)
    await note.change(text => text.insert(0, 'A line above\n'))
    const after = await note.items()
    expect(after).toHaveLength(1)
    expect(after[0]).toMatchObject({ id: item.id, line: 3, state: 'proposed' })
    expect(after[0].quote).toContain('to the reps')
  })

  test('that goes takes its proposal along; what was confirmed stays', async () => {
    const note = await openNote()
    await note.change(text => text.insert(0, '[ ] @Ines call the port'))
    await note.change(text => text.delete(0, text.length))
    expect(await note.items()).toEqual([])
    await note.change(text => text.insert(0, '[ ] @Ines call the port'))
    await note.settle('confirmed')
    await note.change(text => text.insert(text.length, ' twice'))
    await note.change(text => text.delete(0, text.length))
    expect(await note.items()).toMatchObject([{ words: 'call the port', state: 'open', whose: 'manager' }])
  })

  test('cut and set down elsewhere it stays the same item', async () => {
    const note = await openNote()
    await note.change(text => text.insert(0, '[ ] @Ines call the port\nOther\n'))
    await note.settle('confirmed')
    const [before] = await note.items()
    await note.change(text => {
      text.delete(0, 24)
      text.insert(text.length, '[ ] @Ines call the port')
    })
    expect(await note.items()).toMatchObject([{ id: before.id, state: 'open', line: 2 }])
  })

  test('ticked it is kept, emptied it is open; what the ledger says is not undone by typing on', async () => {
    const note = await openNote()
    await note.change(text => text.insert(0, '[ ] @Ines call the port'))
    const tick = (mark: string) =>
      note.change(text => {
        text.delete(1, 1)
        text.insert(1, mark)
      })
    await tick('x')
    expect(await note.items()).toMatchObject([{ state: 'done' }])
    await tick(' ')
    expect(await note.items()).toMatchObject([{ state: 'open' }])
    await note.settle('done')
    await note.change(text => text.insert(text.length, ' again'))
    expect(await note.items()).toMatchObject([{ state: 'done', words: 'call the port' }])
  })

  test('dismissed it is not proposed again', async () => {
    const note = await openNote()
    await note.change(text => text.insert(0, '[ ] @Ines call the port'))
    await note.settle('dismissed')
    await note.change(text => text.insert(text.length, ' some time'))
    expect(await note.items()).toMatchObject([{ state: 'dismissed' }])
  })

  test('in a private note it is nothing', async () => {
    const note = await openNote()
    await okBody(room.mine, 'PUT', `${note.path}/own-note`, {
      text: '[ ] @Tomasz hidden by Friday',
      version: 0,
    })
    expect(await note.items()).toEqual([])
  })
})
