import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ApiError } from '../domain/api/common.ts'

/** OpenAPI 3.1 from the same schemas that check requests and answers, with a page to read it. */
export const describeApi = async (app: FastifyInstance): Promise<void> => {
  // Every route may refuse, in one shape.
  app.addHook('onRoute', route => {
    if (!route.url.startsWith('/api')) return
    const schema = (route.schema ??= {})
    const answers = (schema.response ?? {}) as Record<string, unknown>
    schema.response = { ...answers, '4xx': ApiError, '5xx': ApiError }
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rapport',
        version: '0.1.0',
        description: 'What the page uses. A session cookie is needed; what is not yours answers 404.',
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    transformStaticCSP: header => header,
  })
  app.get(
    '/api/openapi.json',
    { config: { public: true }, schema: { hide: true, response: { 200: z.any() } } },
    async () => app.swagger(),
  )
}
