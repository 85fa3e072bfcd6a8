import type { EventType } from '../events/event-map.js'
import { concatBytes, encodeUtf8 } from '../platform/bytes.js'
import { type DeliveryHeaders, findHeaderText } from '../platform/headers.js'
import type { PlatformAbortSignal } from '../platform/platform-types.js'
import { sha256Hex } from '../signature/hmac.js'
import { messageOf } from './outcome.js'

/** The details of a verified delivery: its bytes, headers and identity. */
export interface DeliveryContext {
  /** The body exactly as it was signed. */
  readonly rawBody: Uint8Array
  readonly receivedAt: Date
  /** Which secret matched: the `id` of its entry, or its position in the list, counted from `'1'`. */
  readonly secretId: string
  /** Returns a header by its name in any letter case, or null. Headers are not covered by the signature. */
  header(name: string): string | null
  /**
   * Returns what identifies the delivery across Gallabox's retries, as 64 hex digits: the SHA-256 of the event's wire
   * name, a newline and the signed bytes. An unknown name counts in lower case, a missing one as the empty string.
   */
  key(): Promise<string>
}

/** The second argument of a handler. */
export interface HandlerContext extends DeliveryContext {
  /**
   * Aborts when the handler has taken longer than `handlerTimeoutMs`, and when its claim is lost: see `idempotency`.
   * Stop work then. The delivery is not handled again while the handler runs.
   */
  readonly signal: PlatformAbortSignal
  /** Keeps the platform, and `receiver.drain()`, waiting for work that continues after the response. */
  waitUntil(promise: PromiseLike<unknown>): void
}

export interface DeliveryFields {
  readonly rawBody: Uint8Array
  readonly headers: DeliveryHeaders
  readonly receivedAt: Date
  readonly secretId: string
  /** The value of `x-event-name`, trimmed. Null where it is missing or blank. */
  readonly eventName: string | null
  readonly eventType: EventType | undefined
}

/** Keeps the body and the headers in a private field, where `inspect()` and `JSON.stringify()` do not show them. */
export class VerifiedContext implements DeliveryContext {
  readonly receivedAt: Date
  readonly secretId: string
  readonly #fields: DeliveryFields
  #key: Promise<string> | undefined

  constructor(fields: DeliveryFields) {
    this.receivedAt = fields.receivedAt
    this.secretId = fields.secretId
    this.#fields = fields
  }

  get rawBody(): Uint8Array {
    return this.#fields.rawBody
  }

  get eventName(): string | null {
    return this.#fields.eventName
  }

  get eventType(): EventType | undefined {
    return this.#fields.eventType
  }

  // Arrow functions, so that a handler may destructure its context: `(event, { key, waitUntil }) => …`.
  readonly header = (name: string): string | null => findHeaderText(this.#fields.headers, name.toLowerCase()) ?? null

  readonly key = (): Promise<string> => {
    this.#key ??= sha256Hex(this.#identity())
    return this.#key
  }

  #identity(): Uint8Array {
    const { rawBody, eventName, eventType = eventName?.toLowerCase() ?? '' } = this.#fields
    return concatBytes(encodeUtf8(`${eventType}\n`), rawBody)
  }
}

/** The context of a delivery while its handler runs. */
export class RunningContext implements HandlerContext {
  readonly receivedAt: Date
  readonly secretId: string
  readonly header: (name: string) => string | null
  readonly key: () => Promise<string>
  readonly waitUntil: (promise: PromiseLike<unknown>) => void
  readonly #verified: VerifiedContext
  // Created only for handlers that use `signal`: most do not.
  #controller: AbortController | undefined

  constructor(verified: VerifiedContext, waitUntil: (promise: PromiseLike<unknown>) => void) {
    this.receivedAt = verified.receivedAt
    this.secretId = verified.secretId
    this.header = verified.header
    this.key = verified.key
    this.waitUntil = waitUntil
    this.#verified = verified
  }

  get rawBody(): Uint8Array {
    return this.#verified.rawBody
  }

  get signal(): PlatformAbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** Aborts `signal` because the handler has taken too long. */
  abortOnTimeout(): void {
    this.#abort(new DOMException(messageOf('handler-timeout'), 'TimeoutError'))
  }

  /** Aborts `signal` because another process may handle the delivery. */
  abortOnLostClaim({ message }: Error): void {
    this.#abort(new DOMException(message, 'AbortError'))
  }

  #abort(reason: DOMException): void {
    this.#controller ??= new AbortController()
    this.#controller.abort(reason)
  }
}
