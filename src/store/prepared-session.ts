import { parse, type PGlite, protocol } from '@electric-sql/pglite'
import type { StatementResult } from './embedded-protocol.ts'
import type { Statement, Value } from './sql.ts'

interface Prepared {
  readonly name: string
  /** Types of the parameters, by which their values are written. */
  readonly types: readonly number[]
}

type Messages = Parameters<typeof parse.parseResults>[0]

/** More texts than the program has; the oldest go, should somebody build texts of their own. */
const most = 500

/**
 * PGlite's session, spoken to so that each text is parsed and planned once: with row-level security
 * planning costs more than running. All statements of a message go over in one call.
 */
export class PreparedSession {
  readonly #database: PGlite
  readonly #known = new Map<string, Prepared>()
  #named = 0

  constructor(database: PGlite) {
    this.#database = database
  }

  /**
   * Runs statements in order, in one call with what opens and closes their transaction.
   *
   * @param begin Text of our own, without values; so is `end`.
   * @throws the database's first error; what follows it has not run, and `end` has rolled back.
   */
  async run(statements: readonly Statement[], begin = '', end = ''): Promise<StatementResult[]> {
    const parts: Uint8Array[] = []
    if (begin !== '') parts.push(protocol.serialize.query(begin))
    for (const { text, values } of statements) {
      const { name, types } = this.#known.get(text) ?? (await this.#prepare(text))
      parts.push(
        protocol.serialize.bind({
          statement: name,
          values: values.map((value, i) => this.#written(value, types[i])),
        }),
        protocol.serialize.describe({ type: 'P' }),
        protocol.serialize.execute(),
      )
    }
    if (statements.length > 0) parts.push(protocol.serialize.sync())
    if (end !== '') parts.push(protocol.serialize.query(end))
    if (parts.length === 0) return []
    const results = this.#results(await this.#send(parts))
    await this.#forgetOldest()
    return results
  }

  async #prepare(text: string): Promise<Prepared> {
    const name = `s${++this.#named}`
    const messages = await this.#send([
      protocol.serialize.parse({ name, text }),
      protocol.serialize.describe({ type: 'S', name }),
      protocol.serialize.sync(),
    ])
    const prepared = { name, types: parse.parseDescribeStatementResults(messages) }
    this.#known.set(text, prepared)
    return prepared
  }

  /** After a message, so that nothing it uses is gone before it ran. */
  async #forgetOldest(): Promise<void> {
    for (const [text, { name }] of this.#known) {
      if (this.#known.size <= most) return
      this.#known.delete(text)
      await this.#send([protocol.serialize.close({ type: 'S', name }), protocol.serialize.sync()])
    }
  }

  /** As PGlite's own `query` writes a value, but for bytes: they go over as they are, not as digits. */
  #written(value: Value, type: number | undefined): string | Uint8Array | null {
    if (value === null || value instanceof Uint8Array) return value
    const serializer = type === undefined ? undefined : this.#database.serializers[type]
    return serializer ? serializer(value) : String(value)
  }

  async #send(parts: readonly Uint8Array[]): Promise<Messages> {
    return (await this.#database.execProtocol(Buffer.concat(parts))).messages
  }

  #results(messages: Messages): StatementResult[] {
    const results: StatementResult[] = []
    let from = 0
    messages.forEach((message, at) => {
      if (message.name === 'bindComplete') from = at
      if (message.name !== 'commandComplete' || messages[from]?.name !== 'bindComplete') return
      // One at a time: PGlite adds the counts of several up.
      const [result] = parse.parseResults(messages.slice(from, at + 1), this.#database.parsers)
      results.push({ rows: result?.rows ?? [], count: result?.affectedRows ?? 0 })
      from = at + 1
    })
    return results
  }
}
