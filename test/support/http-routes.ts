import { visitor, type Answer, type TestProgram, type Visitor } from './program.ts'

/** An operation of the served OpenAPI document. */
export interface Route {
  readonly method: string
  readonly path: string
  /** `GET /api/pairs/{pair}` */
  readonly key: string
  /** JSON schema of the body, where there is one. */
  readonly body: object | undefined
}

interface Document {
  readonly paths: Record<string, Record<string, { requestBody?: { content: Record<string, any> } }>>
}

/** Every route the program says it serves: what is asked for is read from there, so a new one cannot be forgotten. */
export const servedRoutes = async ({ url }: Pick<TestProgram, 'url'>): Promise<Route[]> => {
  const { body } = await visitor(url).ask<Document>('GET', '/api/openapi.json')
  return Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      key: `${method.toUpperCase()} ${path}`,
      body: requestBody?.content['application/json']?.schema as object | undefined,
    })),
  )
}

/** A path with its parameters filled in. */
export const addressOf = (path: string, ids: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name]
    if (id === undefined) throw new Error(`no id is known for {${name}}`)
    return id
  })

/** Asks without keeping a cookie that comes back: the asker stays who they are. */
export const askOnce = (
  who: Visitor,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<Answer> => Object.assign(visitor(who.url), { cookie: who.cookie }).ask(method, path, body, headers)
