import { connect, createServer, type Socket } from 'node:net'

/** Stands before several servers, which may be added later, and gives each the next connection. */
export const inTurns = async (urls: readonly string[], port = 0) => {
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer(socket => {
    const behind = connect(Number(new URL(urls[turn++ % urls.length] ?? '').port), '127.0.0.1')
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const chosen = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://localhost:${chosen}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
