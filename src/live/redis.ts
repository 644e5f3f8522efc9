import type { Cluster, Redis } from 'ioredis'
import { z } from 'zod'
import type { Bus, BusEvent } from '../domain/ports.ts'
import { localBus } from './local.ts'

/** Ids, numbers and names of events; what is anything else is not passed on. */
const Carried = z.strictObject({
  from: z.uuid(),
  event: z.union([
    z.strictObject({
      channel: z.enum(['job', 'meeting', 'note']),
      pair: z.uuid(),
      person: z.uuid().optional(),
      id: z.uuid(),
      by: z.uuid().optional(),
      event: z.string().regex(/^[a-z-]{1,40}$/),
      numbers: z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.number()).optional(),
    }),
    z.strictObject({ channel: z.literal('session'), person: z.uuid() }),
  ]),
})

export interface RedisBusOptions {
  /** Says what happened here; may fail soon. */
  readonly publisher: Redis | Cluster
  /** Hears what happened elsewhere. */
  readonly subscriber: Redis | Cluster
  readonly prefix: string
}

/**
 * Live updates over several processes. Those of one's own process do not go round: they are told at
 * once, also while Redis is away. Whoever was away hears `missed` afterwards, and reads anew.
 */
export const openRedisBus = async ({ publisher, subscriber, prefix }: RedisBusOptions): Promise<Bus> => {
  const here = localBus()
  const me = crypto.randomUUID()
  const channel = `${prefix}:live`
  subscriber.on('message', (_channel: string, text: string) => {
    const carried = Carried.safeParse(parsed(text))
    if (carried.success && carried.data.from !== me) void here.publish(carried.data.event as BusEvent)
  })
  await subscriber.subscribe(channel)
  // It subscribes again by itself; what was said meanwhile is lost.
  subscriber.on('ready', () => void here.publish({ channel: 'missed' }))
  return {
    async publish(event) {
      await here.publish(event)
      if (event.channel === 'missed') return
      // Nobody's request fails because somebody else is told late.
      publisher.publish(channel, JSON.stringify({ from: me, event })).catch(() => undefined)
    },
    subscribe: listener => here.subscribe(listener),
    [Symbol.asyncDispose]: () => here[Symbol.asyncDispose](),
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
