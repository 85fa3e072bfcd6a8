// What a handler may ask about the delivery besides the event.
// It must not know what the answers are used for. Everything secret stays out of reach of `inspect()`.
import type { EventType } from '../events/event-map.js'
import { encodeUtf8 } from '../platform/bytes.js'
import { type DeliveryHeaders, findHeaderText } from '../platform/headers.js'
import type { PlatformAbortSignal } from '../platform/platform-types.js'
import { sha256Hex } from '../signature/hmac.js'
import { messageOf } from './outcome.js'

/** A verified delivery: its bytes, headers and identity. */
export interface DeliveryContext {
  /** The body exactly as it was signed. */
  readonly rawBody: Uint8Array
  readonly receivedAt: Date
  /** Which secret matched: its entry's `id`, or its place in the list counted from `'1'`. */
  readonly secretId: string
  /** Finds a header by name, in any case; null if it is absent. No header is covered by the signature. */
  header(name: string): string | null
  /**
   * Identifies the delivery across Gallabox's retries: 64 lower-case hex digits, the SHA-256 of the event's wire name,
   * a newline and the signed bytes. Every unknown name counts as `unrecognized`.
   */
  key(): Promise<string>
}

/** What a handler gets besides the event. */
export interface HandlerContext extends DeliveryContext {
  /** Aborts when the handler has taken longer than `handlerTimeoutMs`. */
  readonly signal: PlatformAbortSignal
  /** Keeps the platform (and `receiver.drain()`) waiting for work that goes on after the reply. */
  waitUntil(promise: PromiseLike<unknown>): void
}

export interface DeliveryFacts {
  readonly rawBody: Uint8Array
  readonly headers: DeliveryHeaders
  readonly receivedAt: Date
  readonly secretId: string
  readonly type: EventType | undefined
}

export class VerifiedContext implements DeliveryContext {
  readonly receivedAt: Date
  readonly secretId: string
  readonly #facts: DeliveryFacts
  #key: Promise<string> | undefined

  constructor(facts: DeliveryFacts) {
    this.receivedAt = facts.receivedAt
    this.secretId = facts.secretId
    this.#facts = facts
  }

  get rawBody(): Uint8Array {
    return this.#facts.rawBody
  }

  // Arrows, so that a handler may take its context apart: `(event, { key, waitUntil }) => …`.
  readonly header = (name: string): string | null => findHeaderText(this.#facts.headers, name.toLowerCase()) ?? null

  readonly key = (): Promise<string> => {
    this.#key ??= sha256Hex(this.#identity())
    return this.#key
  }

  #identity(): Uint8Array {
    const { rawBody, type = 'unrecognized' } = this.#facts
    const name = encodeUtf8(`${type}\n`)
    const identity = new Uint8Array(name.byteLength + rawBody.byteLength)
    identity.set(name)
    identity.set(rawBody, name.byteLength)
    return identity
  }
}

/** A verified delivery while its handler runs. */
export class RunningContext extends VerifiedContext implements HandlerContext {
  readonly waitUntil: (promise: PromiseLike<unknown>) => void
  // Made only for the handler that asks: most never do.
  #controller: AbortController | undefined

  constructor(facts: DeliveryFacts, waitUntil: (promise: PromiseLike<unknown>) => void) {
    super(facts)
    this.waitUntil = waitUntil
  }

  get signal(): PlatformAbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** Tells the handler that its time is up. */
  abort(): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(new DOMException(messageOf('handler-timeout'), 'TimeoutError'))
  }
}
