import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Id } from '../domain/api/common.ts'
import { Intake, IntakeChoice, MadeIntakeKey, NewIntakeKey } from '../domain/api/intake.ts'
import { UploadAnswer } from '../domain/api/transcripts.ts'
import { notFound, Refusal } from '../domain/errors.ts'
import { recordAudit } from '../store/audit.ts'
import { asPerson } from '../store/database.ts'
import {
  deleteIntakeKey,
  deleteWaiting,
  insertIntakeKey,
  myIntakeKeys,
  waitingFile,
  waitingFiles,
} from '../store/intake.ts'
import { someoneWaits } from '../store/keep-file.ts'
import { hashToken, newToken } from '../store/links.ts'
import { myAccount } from '../store/people.ts'
import type { Dependencies } from './dependencies.ts'
import { keepTranscript, onItsDay } from './keep-transcript.ts'

const Params = z.object({ id: Id })

/** My ways in for transcripts, and what came in and waits for me to say where it belongs. */
export const intakeKeys: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { database, publicUrl, inbox = null } = dependencies
  const keep = keepTranscript(dependencies)

  app.get('/api/me/intake', { schema: { response: { 200: Intake } } }, async request => {
    const [keys, waiting] = await database.read(asPerson(request.person.id), myIntakeKeys(), waitingFiles())
    return { keys, waiting, watched: inbox !== null }
  })

  app.post(
    '/api/me/intake/keys',
    { schema: { body: NewIntakeKey, response: { 201: MadeIntakeKey } } },
    async (request, reply) => {
      const { kind, name } = request.body
      const token = newToken()
      const secret = randomBytes(32)
      const me = request.person.id
      if (kind === 'folder' && inbox === null)
        throw new Refusal(
          'no-folder',
          422,
          'No folder is watched here. Whoever runs Rapport sets INTAKE_FOLDER.',
        )
      const account = await database.asPerson(me, tx => tx.first(myAccount()))
      const made = await database.asPerson(me, async tx => {
        await tx.run(recordAudit({ subject: me, action: `intake-${kind}-made` }))
        return tx.first(
          insertIntakeKey({
            kind,
            name,
            tokenHash: kind === 'token' ? hashToken(token) : null,
            secret: kind === 'webhook' ? secret : null,
          }),
        )
      })
      if (!made) throw notFound()
      const url = `${publicUrl ?? `http://${request.headers.host ?? 'localhost'}`}/api/intake`
      const where = {
        token: { url, secret: token },
        webhook: { url: `${url}/${made.id}`, secret: `whsec_${secret.toString('base64')}` },
        folder: { url: account?.email ?? '', secret: null },
      }
      return reply.code(201).send({ id: made.id, ...where[kind] })
    },
  )

  app.delete(
    '/api/me/intake/keys/:id',
    { schema: { params: Params, response: { 204: z.null() } } },
    async (request, reply) => {
      const gone = await database.asPerson(request.person.id, tx =>
        tx.first(deleteIntakeKey(request.params.id)),
      )
      if (!gone) throw notFound()
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/me/intake/files/:id',
    { schema: { params: Params, body: IntakeChoice, response: { 200: UploadAnswer } } },
    async request => {
      const me = request.person.id
      const { pair, local } = request.body
      const file = await database.asPerson(me, tx => tx.first(waitingFile(request.params.id)))
      if (!file) throw notFound()
      const answer = await keep(me, pair, file, onItsDay(local), someoneWaits)
      // Kept first: a program that stops in between asks once more, and the file is known then.
      await database.asPerson(me, tx => tx.first(deleteWaiting(request.params.id)))
      return answer
    },
  )

  app.delete(
    '/api/me/intake/files/:id',
    { schema: { params: Params, response: { 204: z.null() } } },
    async (request, reply) => {
      const gone = await database.asPerson(request.person.id, tx =>
        tx.first(deleteWaiting(request.params.id)),
      )
      if (!gone) throw notFound()
      return reply.code(204).send(null)
    },
  )
}
