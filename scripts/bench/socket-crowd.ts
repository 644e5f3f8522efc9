import { connect, type Socket } from 'node:net'

/** A page that listens, and costs little beside the server it listens to. */
export interface CrowdMember {
  readonly socket: Socket
  /** Messages so far, and when the last one came. */
  heard: number
  last: number
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 }

/** A small frame as a client sends it: masked, with zeros. */
const frame = (opcode: number, payload: Buffer): Buffer => {
  if (payload.length > 125) throw new RangeError('a small frame')
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** Connects one, and says what it watches. */
export const joinCrowd = async (url: string, cookie: string, watch: string): Promise<CrowdMember> => {
  const { host, hostname, port, origin } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const member: CrowdMember = { socket, heard: 0, last: 0 }
  const opened = Promise.withResolvers<void>()
  let rest: Buffer = Buffer.alloc(0)
  let isOpen = false
  socket.on('error', error => opened.reject(error))
  socket.on('close', () => opened.reject(new Error('the socket was refused')))
  socket.on('data', (part: Buffer) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part])
    if (!isOpen) {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!rest.subarray(0, end).toString().startsWith('HTTP/1.1 101')) return socket.destroy()
      isOpen = true
      rest = rest.subarray(end + 4)
      opened.resolve()
    }
    rest = readFrames(rest, (opcode, payload) => {
      if (opcode === opcodes.ping) socket.write(frame(opcodes.pong, payload))
      if (opcode !== opcodes.text) return
      member.heard += 1
      member.last = performance.now()
    })
  })
  socket.write(
    `GET /api/live HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${origin}\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: ${cookie}\r\n\r\n`,
  )
  await opened.promise
  socket.write(frame(opcodes.text, Buffer.from(JSON.stringify({ watch: [watch] }))))
  return member
}

/** Whole frames are taken off the front; what is left waits for more. */
const readFrames = (bytes: Buffer, take: (opcode: number, payload: Buffer) => void): Buffer => {
  let at = 0
  for (;;) {
    if (bytes.length < at + 2) break
    const short = bytes[at + 1]! & 0x7f
    const head = short < 126 ? 2 : short === 126 ? 4 : 10
    if (bytes.length < at + head) break
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    if (bytes.length < at + head + length) break
    take(bytes[at]! & 0x0f, bytes.subarray(at + head, at + head + length))
    at += head + length
  }
  return bytes.subarray(at)
}
