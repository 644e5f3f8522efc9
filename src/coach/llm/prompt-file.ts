import { createHash } from 'node:crypto'
import Handlebars from 'handlebars'
import { parse } from 'yaml'
import { z } from 'zod'
import { Refusal } from '../../domain/errors.ts'

/**
 * A prompt as a file in the dotprompt format: YAML between two lines of dashes, then Handlebars text
 * in which `{{role "user"}}` begins another message. The text is cut at its roles before anything is
 * filled in, so nothing that is filled in can begin one.
 */
export interface Prompt {
  readonly name: string
  readonly version: number
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly hash: string
  /** What goes along with the question, e.g. `temperature`. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly variables: Readonly<Record<string, VariableType>>
  /** @throws Refusal `prompt-input` when a variable is missing, unknown or of another type. */
  render(input: Readonly<Record<string, unknown>>): RenderedMessage[]
}

export interface RenderedMessage {
  readonly role: 'system' | 'user'
  readonly content: string
}

const VariableType = z.enum(['string', 'string?', 'integer', 'boolean'])
type VariableType = z.infer<typeof VariableType>

const FrontMatter = z.strictObject({
  name: z.string().regex(/^[a-z][a-z-]*$/),
  version: z.int().positive(),
  description: z.string(),
  config: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  input: z.strictObject({ schema: z.record(z.string().regex(/^[a-z][a-zA-Z]*$/), VariableType) }),
  output: z.strictObject({ format: z.literal('json'), schema: z.string() }).optional(),
})

export const wrongPrompt = (name: string, why: string) =>
  new Refusal('prompt-invalid', 422, `The prompt ${name}: ${why}`)
const roleMark = /\{\{\s*role\s+"(system|user)"\s*\}\}/g
const helpers = new Set(['if', 'unless'])

/** @throws Refusal `prompt-invalid` with what is wrong: front matter, roles, or a variable that is not declared. */
export const readPrompt = (text: string, called: string): Prompt => {
  const cut = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text)
  if (!cut) throw wrongPrompt(called, 'it begins with its front matter, between two lines of ---.')
  let front: unknown
  try {
    front = parse(cut[1] ?? '', { maxAliasCount: 0 })
  } catch {
    throw wrongPrompt(called, 'its front matter is not YAML.')
  }
  const parsed = FrontMatter.safeParse(front)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw wrongPrompt(
      called,
      `${issue?.path.join('.') || 'front matter'}: ${issue?.message ?? 'not understood'}.`,
    )
  }
  const { name, version, config, input } = parsed.data
  const variables = input.schema
  const parts = partsOf(cut[2] ?? '', name)
  const used = new Set(parts.flatMap(({ body }) => variablesIn(body, name)))
  for (const variable of used)
    if (!Object.hasOwn(variables, variable))
      throw wrongPrompt(name, `{{${variable}}} is not declared in its input.`)
  for (const variable of Object.keys(variables))
    if (!used.has(variable)) throw wrongPrompt(name, `its input ${variable} is used nowhere.`)
  const templates = parts.map(({ role, body }) => ({
    role,
    fill: Handlebars.compile(body, { noEscape: true, strict: true, knownHelpersOnly: true }),
  }))
  return {
    name,
    version,
    hash: createHash('sha256').update(text).digest('hex'),
    settings: config,
    variables,
    render(given) {
      const values = checkedInput(name, variables, given)
      return templates.map(({ role, fill }) => ({ role, content: fill(values).trim() }))
    },
  }
}

const partsOf = (body: string, name: string) => {
  const pieces = body.split(roleMark)
  if (pieces[0]?.trim()) throw wrongPrompt(name, 'words stand before its first {{role}}.')
  const parts: { role: 'system' | 'user'; body: string }[] = []
  for (let at = 1; at < pieces.length; at += 2)
    parts.push({ role: pieces[at] === 'system' ? 'system' : 'user', body: pieces[at + 1] ?? '' })
  // The order every chat template takes, and the one a server's cache of beginnings works with.
  if (parts.map(({ role }) => role).join(' ') !== 'system user')
    throw wrongPrompt(name, 'it has one {{role "system"}} and then one {{role "user"}}.')
  return parts
}

/** Every variable a template names, by walking what Handlebars understood. */
const variablesIn = (body: string, name: string): string[] => {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (typeof node !== 'object' || node === null) return
    const { type, original } = node as { type?: string; original?: unknown }
    if (type === 'PartialStatement' || type === 'Decorator' || type === 'DecoratorBlock')
      throw wrongPrompt(name, 'it uses partials or decorators, which are not for prompts.')
    if (type === 'PathExpression' && typeof original === 'string' && !helpers.has(original))
      found.push(original)
    for (const [key, inner] of Object.entries(node)) if (key !== 'loc') walk(inner)
  }
  try {
    walk(Handlebars.parse(body))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw wrongPrompt(name, 'its text is not Handlebars.')
  }
  return found
}

const checkedInput = (
  name: string,
  variables: Readonly<Record<string, VariableType>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const bad = (why: string) => new Refusal('prompt-input', 500, `The prompt ${name} ${why}.`)
  for (const key of Object.keys(given)) if (!Object.hasOwn(variables, key)) throw bad(`does not know ${key}`)
  return Object.fromEntries(
    Object.entries(variables).map(([variable, type]) => {
      const value = given[variable] ?? (type === 'string?' ? '' : undefined)
      const fits =
        type === 'integer'
          ? Number.isInteger(value)
          : type === 'boolean'
            ? typeof value === 'boolean'
            : typeof value === 'string'
      if (!fits) throw bad(`needs ${variable}`)
      return [variable, value]
    }),
  )
}
