import type { EventName } from '../events/names.js'
import { checkOptions, integerOption, maxTimerMs, type OptionKinds } from '../platform/check-options.js'
import type { PlatformAbortSignal } from '../platform/platform-types.js'
import { randomHex } from '../platform/random-hex.js'
import { typeName } from '../platform/type-name.js'
import { checkEventName, checkHeaders, checkSecret, checkUrl } from './check-arguments.js'
import { isDelivered, retry } from './retry.js'
import { type PayloadOf, type SignedDelivery, signDelivery } from './sign.js'

/** The settings of a webhook, as on Gallabox's settings page, and how its deliveries are retried. */
export interface SenderOptions {
  /** "Request URL": an absolute URL. */
  readonly url: string
  /** "Secret". Pass null to send without a signature. */
  readonly secret: string | Uint8Array | null | undefined
  /** "Headers": sent with every delivery. They replace default headers of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** "Select Events", by wire or help-page name. Default: all. */
  readonly events?: readonly string[] | undefined
  /** The HTTP method. Default: `POST`. */
  readonly method?: string | undefined
  /** The maximum number of attempts per delivery. Default: 5, as Gallabox's documentation says. */
  readonly maxAttempts?: number | undefined
  /** The delay after the first failed attempt, in milliseconds. It doubles after each further one. Default: 1 000. */
  readonly backoffMs?: number | undefined
  /** The timeout of one attempt, in milliseconds. Default: 10 000. */
  readonly timeoutMs?: number | undefined
  /** Sends the request. `(url, init) => app.request(url, init)` tests without a network. Default: the global `fetch`. */
  readonly fetch?: SenderFetch | undefined
}

const optionKinds: OptionKinds<SenderOptions> = {
  url: 'unchecked',
  secret: 'unchecked',
  headers: 'an object',
  events: 'unchecked',
  method: 'a string',
  maxAttempts: 'an integer',
  backoffMs: 'unchecked',
  timeoutMs: 'an integer',
  fetch: 'a function',
}

/** The part of `fetch` that the sender uses. */
export type SenderFetch = (url: string, init: SenderRequestInit) => SenderResponse | PromiseLike<SenderResponse>

/** The second argument of `fetch`. */
export interface SenderRequestInit {
  method: string
  headers: Record<string, string>
  body: string
  redirect: 'manual'
  signal: PlatformAbortSignal
}

/** The part of a `Response` that the sender uses. */
export interface SenderResponse {
  readonly status: number
  /** Reads the response to its end, which frees the connection. */
  text?(): Promise<string>
}

/** One attempt at a delivery. */
export interface SendAttempt {
  readonly startedAt: Date
  /** Milliseconds until the response or the error. */
  readonly ms: number
  /** The HTTP status, or null without a response. */
  readonly status: number | null
  /** Why there was no response. */
  readonly error?: unknown
}

/** One entry of the webhook log: Gallabox's columns and the attempts behind them. */
export interface SenderLogEntry {
  /** "Webhook Log ID". It is not sent. */
  readonly id: string
  readonly event: string
  readonly createdAt: Date
  /** `SUCCESS` if an attempt got status 200. */
  readonly status: 'SUCCESS' | 'FAILED'
  readonly payload: unknown
  readonly attempts: readonly SendAttempt[]
}

/** Sends signed deliveries to one webhook. */
export interface Sender {
  /**
   * Sends an event, and returns a promise of its log entry. Retries until the status is 200 or the attempts are used up.
   * Rejects with a TypeError for a misspelled event name, and for an event that `events` does not select.
   */
  send<N extends EventName | (string & {})>(type: N, data: PayloadOf<N>): Promise<SenderLogEntry>
  /** All finished deliveries, in the order in which they ended. */
  readonly logs: readonly SenderLogEntry[]
}

/**
 * Creates the reference sender. It signs, sends, retries and logs as Gallabox does.
 *
 * Only status 200 counts as success. Gallabox is not known to accept any other.
 *
 * @throws TypeError for an invalid or unknown option, and for an invalid or missing secret.
 * @example
 * ```ts
 * import { createSender, samplePayload } from 'gallabox-webhooks/testing'
 *
 * const sender = createSender({ url: 'http://localhost:3000/webhooks/gallabox', secret: 'a secret', maxAttempts: 1 })
 * const log = await sender.send('Message.Received', samplePayload('Message.Received'))
 * console.log(log.status) // 'SUCCESS'
 * ```
 */
export function createSender(options: SenderOptions): Sender {
  checkOptions('createSender', options, optionKinds)
  const url = checkUrl('createSender.url', options.url)
  const secret = checkSecret('createSender.secret', options.secret)
  const headers = checkHeaders('createSender.headers', options.headers)
  const selected = checkEvents(options.events)
  const maxAttempts = integerOption('createSender.maxAttempts', options.maxAttempts, 5)
  const timeoutMs = integerOption('createSender.timeoutMs', options.timeoutMs, 10_000)
  const backoffMs = checkBackoff(options.backoffMs)
  const { method } = options
  const logs: SenderLogEntry[] = []

  async function attempt({ method, headers, body }: SignedDelivery): Promise<SendAttempt> {
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
      const event = checkEventName('send', type)
      if (selected && !selected.has(event)) {
        throw new TypeError(`send: ${JSON.stringify(event)} is not in the option events. Add it there.`)
      }
      const delivery = signDelivery(type, data, { secret, headers, method })
      const createdAt = new Date()
      const attempts = await retry(() => attempt(delivery), { maxAttempts, backoffMs, wait: sleep })
      const status = isDelivered(attempts) ? 'SUCCESS' : 'FAILED'
      // Gallabox's ids have 24 hex digits.
      const log: SenderLogEntry = { id: randomHex(12), event, createdAt, status, payload: data, attempts }
      logs.push(log)
      return log
    },
  }
}

function checkEvents(events: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (events === undefined) return undefined
  if (Array.isArray(events)) return new Set(events.map((name) => checkEventName('createSender.events', name)))
  throw new TypeError(`createSender.events: must be an array of event names, got ${typeName(events)}.`)
}

function checkBackoff(backoffMs = 1000): number {
  if (typeof backoffMs === 'number' && backoffMs >= 0 && backoffMs <= maxTimerMs) return backoffMs
  const got = typeof backoffMs === 'number' ? '' : `, got ${typeName(backoffMs)}`
  throw new TypeError(`createSender.backoffMs: must be a number from 0 to ${maxTimerMs}${got}.`)
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
