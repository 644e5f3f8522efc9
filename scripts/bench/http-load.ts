import { connect, type Socket } from 'node:net'
import { load, type Load } from './measure.ts'

/**
 * A client that costs little beside the server it asks: one request, written once, over sockets that
 * stay open. Reads answers with a content-length, which is what Fastify sends for JSON.
 */
export const loadOverHttp = async (
  url: string,
  connections: number,
  milliseconds: number,
  /** A cookie for each connection; they are taken in turns. */
  cookies: readonly string[] = [],
): Promise<Load> => {
  const { hostname, port, pathname, host } = new URL(url)
  const asking = await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const cookie = cookies[index % cookies.length]
      const request = `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${cookie ? `cookie: ${cookie}\r\n` : ''}\r\n`
      return askingOver(await open(hostname, Number(port)), request)
    }),
  )
  const found = await load(connections, milliseconds, client => asking[client]?.ask() ?? Promise.reject())
  for (const { socket } of asking) socket.destroy()
  return found
}

const open = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket)).once('error', reject)
  })

const askingOver = (socket: Socket, request: string) => {
  let answered: PromiseWithResolvers<void> | undefined
  let head = ''
  let missing = -1
  const fail = () => answered?.reject(new Error('the connection ended'))
  socket.on('close', fail).on('error', fail)
  socket.on('data', (part: Buffer) => {
    if (missing >= 0) missing -= part.length
    else {
      head += part.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!head.startsWith('HTTP/1.1 200'))
        return answered?.reject(new Error(head.slice(0, head.indexOf('\r'))))
      missing = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1]) - (head.length - end - 4)
    }
    if (missing > 0) return
    head = ''
    missing = -1
    answered?.resolve()
  })
  return {
    socket,
    ask() {
      answered = Promise.withResolvers<void>()
      socket.write(request)
      return answered.promise
    },
  }
}
