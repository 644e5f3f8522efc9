import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly text: string
}

/** Sends bytes as they are, for what no well-behaved client would send; the answer up to the connection's end. */
export const sendRaw = (
  url: string,
  head: readonly string[],
  body: string | Uint8Array = '',
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`, 'latin1')
      socket.write(body)
    })
    const chunks: Buffer[] = []
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('error', error => (chunks.length > 0 ? resolve(answerOf(chunks)) : reject(error)))
    socket.on('close', () => resolve(answerOf(chunks)))
  })

/** The first answer: behind it there may be another, to what came after the request. */
const answerOf = (chunks: readonly Buffer[]): RawAnswer => {
  const whole = Buffer.concat(chunks)
  const start = whole.indexOf('\r\n\r\n') + 4
  const head = whole.toString('latin1', 0, start)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
    text: whole.toString('utf8', start, length === undefined ? undefined : start + Number(length)),
  }
}
