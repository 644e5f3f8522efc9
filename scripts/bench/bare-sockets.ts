import fastify from 'fastify'
import websocket from '@fastify/websocket'

/** Sockets that all hear what is sent to `/tell`, and nothing else: what they cost without anything of ours. */
const app = fastify()
await app.register(websocket)
app.get('/api/live', { websocket: true }, () => undefined)
app.put('/tell', request => {
  for (const client of app.websocketServer.clients) client.send(JSON.stringify(request.body))
  return {}
})
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`listening at ${app.listeningOrigin}\n`)
