import { failure } from './failures.ts'

/** Milliseconds and bytes a stranger's server may take. */
export interface Limits {
  /** From the request to the last byte. */
  readonly total: number
  /** Between two pieces of a body that has begun. */
  readonly idle: number
  readonly bytes: number
}

/** A model call ends within two minutes, whatever happens at the other end. */
export const usualLimits: Limits = { total: 120_000, idle: 30_000, bytes: 2 * 1024 * 1024 }

type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/**
 * `fetch` for a server that may hang, drip, flood or send a web page. The client's own timeout ends
 * with the headers (a stalled body hung for ever, 400 MB came into memory); this one holds until the
 * last byte. Redirects are not followed: they would carry a transcript to an address nobody chose.
 *
 * Rejects, or errors the body, with a Refusal: `model-too-slow`, `model-answer-too-large`,
 * `model-not-an-api`.
 */
export const guardedFetch =
  (limits: Limits = usualLimits): Fetch =>
  async (url, init = {}) => {
    const stop = new AbortController()
    const passOn = () => stop.abort(init.signal?.reason)
    if (init.signal?.aborted) passOn()
    init.signal?.addEventListener('abort', passOn, { once: true })
    const late = () => stop.abort(failure('model-too-slow'))
    const total = setTimeout(late, limits.total)
    let idle: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(total)
      clearTimeout(idle)
      init.signal?.removeEventListener('abort', passOn)
    }
    const refuse = (refusal: Error): never => {
      end()
      stop.abort(refusal)
      throw refusal
    }
    const response = await fetch(url, { ...init, signal: stop.signal, redirect: 'manual' }).catch(
      (error: unknown) => {
        end()
        throw stop.signal.aborted ? stop.signal.reason : error
      },
    )
    if (response.status >= 300 && response.status < 400) return refuse(failure('model-not-an-api'))
    const type = response.headers.get('content-type') ?? ''
    if (response.ok && !/json|event-stream/.test(type)) return refuse(failure('model-not-an-api'))
    if (!response.body) {
      end()
      return response
    }
    const reader = response.body.getReader()
    const wait = () => {
      clearTimeout(idle)
      idle = setTimeout(late, limits.idle)
    }
    wait()
    // Of a stream each word comes in a hundred signs of its own; its words are counted where they are read.
    const most = limits.bytes * (type.includes('event-stream') ? 8 : 1)
    let bytes = 0
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { done: ended, value } = await reader.read()
          if (ended) {
            end()
            controller.close()
            return
          }
          bytes += value.byteLength
          if (bytes > most) throw failure('model-answer-too-large')
          wait()
          controller.enqueue(value)
        } catch (error) {
          end()
          const reason: unknown = stop.signal.aborted ? stop.signal.reason : error
          stop.abort(reason)
          controller.error(reason)
        }
      },
      cancel(reason) {
        end()
        stop.abort(reason)
      },
    })
    return new Response(body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    })
  }
