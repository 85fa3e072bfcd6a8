// The reference sender: a webhook of Gallabox, from its settings page to its log, pointed at a receiver under test.
// It must not know how a receiver works.
import { canonicalEventName, type EventName } from '../events/names.js'
import { positiveInteger } from '../platform/assert.js'
import type { PlatformAbortSignal, PlatformRequest } from '../platform/platform-types.js'
import { randomHex } from '../platform/random-hex.js'
import { deliver, isSuccess } from './retry.js'
import { type PayloadOf, type SignedDelivery, signDelivery } from './sign.js'

/** A webhook as the settings page of Gallabox has it, and how patiently it is delivered. */
export interface SenderOptions {
  /** "Request URL". */
  readonly url: string
  /** "Secret". Without one, deliveries carry no signature. */
  readonly secret?: string | Uint8Array | undefined
  /** "Headers": sent with every delivery. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** "Select Events", in either spelling. Default: all. */
  readonly events?: readonly string[] | undefined
  /** Default: `POST`. */
  readonly method?: string | undefined
  /** How often a delivery is tried. Default: 5, as Gallabox does. */
  readonly maxAttempts?: number | undefined
  /** The delay after the first failure, in milliseconds; it doubles with each. Default: 1 000. */
  readonly backoffMs?: number | undefined
  /** How long one attempt may take, in milliseconds. Default: 10 000. */
  readonly timeoutMs?: number | undefined
  /** What sends the request: `(url, init) => app.request(url, init)` tests without a network. Default: the global `fetch`. */
  readonly fetch?: SenderFetch | undefined
}

/** The part of `fetch` that is used. */
export type SenderFetch = (url: string, init: SenderRequestInit) => SenderResponse | PromiseLike<SenderResponse>

/** What the sender gives to `fetch`. */
export interface SenderRequestInit {
  method: string
  headers: Record<string, string>
  body: string
  redirect: 'manual'
  signal: PlatformAbortSignal
}

/** The part of a `Response` that is used. */
export interface SenderResponse {
  readonly status: number
  /** Reads the answer to its end, so that the connection is free again. */
  text?(): Promise<string>
}

/** One attempt at a delivery. */
export interface DeliveryAttempt {
  readonly startedAt: Date
  /** Milliseconds until the answer. */
  readonly ms: number
  /** The HTTP status, or null if there was no answer. */
  readonly status: number | null
  /** Why there was no answer. */
  readonly error?: unknown
}

/** One line of the webhook log: the columns of Gallabox's own, and the attempts behind them. */
export interface DeliveryLog {
  /** "Webhook Log ID". It is not sent. */
  readonly id: string
  readonly event: string
  readonly createdAt: Date
  /** `SUCCESS` when an attempt was answered with 200. */
  readonly status: 'SUCCESS' | 'FAILED'
  readonly payload: unknown
  readonly attempts: readonly DeliveryAttempt[]
}

/** A webhook that delivers what it is told to. */
export interface Sender {
  /**
   * Delivers an event, trying again as Gallabox does until the answer is 200 or the attempts are used up.
   * Rejects with a TypeError for an event that was not selected.
   */
  send<N extends EventName | (string & {})>(type: N, data: PayloadOf<N>): Promise<DeliveryLog>
  /** All deliveries that ended, in the order of their end. */
  readonly logs: readonly DeliveryLog[]
}

/**
 * Creates the reference sender: it signs, sends, tries again and logs as Gallabox does.
 *
 * Only the answer 200 counts as success, since nothing is known of others.
 *
 * @throws TypeError for an option that is wrong, and for a bad secret.
 * @example
 * ```ts
 * import { createSender, samplePayload } from 'gallabox-webhooks/testing'
 *
 * const sender = createSender({ url: 'http://localhost:3000/webhooks/gallabox', secret: 'a secret', maxAttempts: 1 })
 * const log = await sender.send('Message.received', samplePayload('Message.received'))
 * console.log(log.status) // 'SUCCESS'
 * ```
 */
export function createSender(options: SenderOptions): Sender {
  const { url, secret, headers, method, backoffMs = 1000 } = options
  const maxAttempts = positiveInteger('maxAttempts', options.maxAttempts, 5)
  const timeoutMs = positiveInteger('timeoutMs', options.timeoutMs, 10_000)
  if (!(backoffMs >= 0)) throw new TypeError('backoffMs must be a number of milliseconds, 0 or more.')
  const selected = options.events && new Set(options.events.map(toWireName))
  signDelivery('', null, { secret })
  const logs: DeliveryLog[] = []

  async function attempt({ method, headers, body }: SignedDelivery): Promise<DeliveryAttempt> {
    const startedAt = new Date()
    const elapsed = () => Date.now() - startedAt.getTime()
    try {
      const send: SenderFetch = options.fetch ?? fetch
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await send(url, { method, headers, body, redirect: 'manual', signal })
      await response.text?.()
      return { startedAt, ms: elapsed(), status: response.status }
    } catch (error) {
      return { startedAt, ms: elapsed(), status: null, error }
    }
  }

  return {
    logs,
    async send(type, data) {
      const event = toWireName(type)
      if (selected && !selected.has(event)) {
        throw new TypeError(
          `${event} is not among the events of this sender. Add it to "events", as on the settings page.`,
        )
      }
      const delivery = signDelivery(type, data, { secret, headers, method })
      const createdAt = new Date()
      const attempts = await deliver(() => attempt(delivery), { maxAttempts, backoffMs, wait: delay })
      const status = isSuccess(attempts) ? 'SUCCESS' : 'FAILED'
      // 24 hex digits, as Gallabox's own ids.
      const log: DeliveryLog = { id: randomHex(12), event, createdAt, status, payload: data, attempts }
      logs.push(log)
      return log
    },
  }
}

/**
 * Makes a `Request` of a delivery, for handlers that take one.
 *
 * @example
 * ```ts
 * import { samplePayload, signDelivery, toRequest } from 'gallabox-webhooks/testing'
 *
 * const delivery = signDelivery('Message.received', samplePayload('Message.received'), { secret: 'a secret' })
 * const request = toRequest(delivery, 'http://localhost/webhooks/gallabox')
 * ```
 */
export function toRequest({ method, headers, body }: SignedDelivery, url: string): PlatformRequest {
  return new Request(url, { method, headers, body }) as PlatformRequest
}

function toWireName(name: string): string {
  return canonicalEventName(name) ?? name
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
