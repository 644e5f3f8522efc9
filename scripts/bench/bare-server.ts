import fastify from 'fastify'

/** A route that answers what it was started with, and nothing else: what Fastify itself costs. */
const [, , body = '{}'] = process.argv
const answer = JSON.parse(body) as unknown
const app = fastify()
app.get('/', () => answer)
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`listening at ${app.listeningOrigin}\n`)
