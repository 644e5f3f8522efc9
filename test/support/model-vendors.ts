/** How the servers differ that all say they are like OpenAI's. Sources: their issues and documents. */
export interface Vendor {
  /** What it answers to a request it does not take. */
  refuses?(body: any): { readonly status: number; readonly error: unknown } | null
  /** How it dresses what the model says. */
  dress?(content: string, body: any): { readonly content: string | null; readonly extra?: object }
  /** Tokens it reads; more are dropped in silence. */
  readonly reads?: number
  /** It answers in one piece whatever was asked for. */
  readonly neverStreams?: true
  /** It leaves the role out of its chunks. */
  readonly noRole?: true
  readonly noUsage?: true
  readonly noEmbeddings?: true
  /** Asked for base64, it answers with numbers. */
  readonly embeds?: number
  /** Its vectors are all zero. */
  readonly zeroVectors?: true
}

const bad = (message: string, param?: string, status = 400) => ({
  status,
  error: { error: { message, type: 'invalid_request_error', ...(param ? { param } : {}) } },
})
const formatOf = (body: any): string | undefined => body.response_format?.type
const holds = (value: unknown, key: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([name, inner]) => (name === key && typeof inner !== 'object') || holds(inner, key),
  )

const openaiStrict = (body: any) => {
  const schema = body.response_format?.json_schema?.schema
  const open = (node: any): boolean =>
    typeof node === 'object' &&
    node !== null &&
    ((node.type === 'object' &&
      (node.additionalProperties !== false ||
        Object.keys(node.properties ?? {}).some(name => !node.required?.includes(name)))) ||
      Object.values(node).some(open))
  return schema && open(schema)
    ? bad("Invalid schema: 'required' must include every key in properties.", 'response_format')
    : null
}
const reasoning = (body: any) => {
  if ('temperature' in body && body.temperature !== 1)
    return bad("Unsupported value: 'temperature' does not support 0 with this model.", 'temperature')
  if ('max_tokens' in body)
    return bad(
      "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
      'max_tokens',
    )
  return openaiStrict(body)
}

export const vendors = {
  openai: { refuses: openaiStrict, embeds: 1536 },
  'openai, reasoning': { refuses: reasoning },
  azure: {
    // The v1 API: no api-version, the deployment as the model.
    refuses: body => ('api-version' in body ? bad('api-version is not needed') : reasoning(body)),
    embeds: 1536,
  },
  ollama: { reads: 4096, embeds: 768 },
  'ollama, thinking': { dress: content => ({ content: '', extra: { reasoning: content } }) },
  'ollama, older': { refuses: body => (formatOf(body) === 'json_schema' ? bad('invalid format') : null) },
  vllm: {
    refuses: body => ('guided_json' in body ? bad('guided_json was removed') : null),
    dress: content => ({ content: null, extra: { reasoning_content: content } }),
    noEmbeddings: true,
  },
  'llama.cpp': {
    refuses: body =>
      holds(body.response_format, 'pattern') ||
      holds(body.response_format, '$ref') ||
      holds(body.response_format, 'maxLength')
        ? bad('failed to parse grammar')
        : null,
    noRole: true,
    noUsage: true,
  },
  'lm studio': {
    refuses: body =>
      formatOf(body) === 'json_object'
        ? { status: 400, error: { error: "'response_format.type' must be 'json_schema' or 'text'" } }
        : null,
  },
  'lm studio, no schema': {
    refuses: body =>
      formatOf(body) === 'json_object' || formatOf(body) === 'json_schema'
        ? { status: 400, error: { error: "'response_format.type' must be 'text'" } }
        : null,
  },
  'schema ignored': {
    dress: content => ({ content: `Of course!\n\`\`\`json\n${content}\n\`\`\`\nAnything else?` }),
  },
  'thinks aloud': { dress: content => ({ content: `<think>Is {"a":1} right? [no]</think>\n${content}` }) },
  'thinks, opening tag lost': { dress: content => ({ content: `Is {"a":1} right?\n</think>\n${content}` }) },
  'never streams': { neverStreams: true },
  'refuses to stream': {
    refuses: body => (body.stream ? bad('stream is not supported by this deployment', 'stream') : null),
    neverStreams: true,
  },
  'no stream options': {
    refuses: body => ('stream_options' in body ? bad('Unknown field: stream_options', undefined, 422) : null),
    noUsage: true,
  },
  'zero vectors': { embeds: 768, zeroVectors: true },
} as const satisfies Record<string, Vendor>

export type VendorName = keyof typeof vendors
