import type { EventType } from '../events/event-map.js'
import { encodeUtf8 } from '../platform/bytes.js'
import { type DeliveryHeaders, findHeaderText } from '../platform/headers.js'
import type { PlatformAbortSignal } from '../platform/platform-types.js'
import { sha256Hex } from '../signature/hmac.js'
import type { DeliveryClaim } from '../stores/store.js'
import { messageOf } from './outcome.js'

/** The details of a verified delivery: its bytes, headers and identity. */
export interface DeliveryContext {
  /** The body exactly as it was signed. */
  readonly rawBody: Uint8Array
  /** When the delivery arrived, by the clock of the receiver. */
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
  /**
   * The claim that `idempotency` holds for this delivery, for `completeIn` of a SQL store. Null if the delivery is not
   * deduplicated: its event can repeat, or `idempotency.key` returned null. Undefined without `idempotency`.
   */
  readonly claim: DeliveryClaim | null | undefined
  /** Keeps the platform, and `receiver.drain()`, waiting for work that continues after the response. */
  waitUntil(promise: PromiseLike<unknown>): void
}

/** What is known of a verified delivery in addition to its body. */
export interface DeliveryIdentity {
  readonly headers: DeliveryHeaders
  /** In milliseconds since the Unix epoch. */
  readonly receivedMs: number
  readonly secretId: string
  /** The value of `x-event-name`, trimmed. Null where it is missing or blank. */
  readonly eventName: string | null
  readonly eventType: EventType | undefined
}

/** Keeps the body and the headers in private fields, where `inspect()` and `JSON.stringify()` do not show them. */
export class VerifiedContext implements DeliveryContext {
  readonly secretId: string
  readonly #identity: DeliveryIdentity
  readonly #text: string
  readonly #byteLength: number
  #rawBody: Uint8Array | undefined
  #key: Promise<string> | undefined

  constructor(identity: DeliveryIdentity, text: string, byteLength: number) {
    this.secretId = identity.secretId
    this.#identity = identity
    this.#text = text
    this.#byteLength = byteLength
  }

  // A string cannot change, and only a few handlers read the bytes: a copy for each delivery costs as much as its HMAC.
  get rawBody(): Uint8Array {
    this.#rawBody ??= encodeUtf8(this.#text)
    return this.#rawBody
  }

  get receivedAt(): Date {
    return new Date(this.#identity.receivedMs)
  }

  get byteLength(): number {
    return this.#byteLength
  }

  get eventName(): string | null {
    return this.#identity.eventName
  }

  get eventType(): EventType | undefined {
    return this.#identity.eventType
  }

  // Getters of arrow functions, so that a handler may destructure its context: `(event, { key, waitUntil }) => …`. Most
  // handlers use none of them, and a method that is bound for each delivery would cost each one.
  get header() {
    return (name: string): string | null => findHeaderText(this.#identity.headers, name.toLowerCase()) ?? null
  }

  get key() {
    return (): Promise<string> => {
      this.#key ??= Promise.resolve(sha256Hex(encodeUtf8(`${this.#nameForKey()}\n${this.#text}`)))
      return this.#key
    }
  }

  #nameForKey(): string {
    const { eventName, eventType = eventName?.toLowerCase() ?? '' } = this.#identity
    return eventType
  }
}

/** The context of a delivery while its handler runs. */
export class RunningContext implements HandlerContext {
  readonly secretId: string
  readonly #verified: VerifiedContext
  readonly #claim: DeliveryClaim | null | undefined
  readonly #addWork: (promise: PromiseLike<unknown>) => void
  // Created only for handlers that use `signal`: most do not.
  #controller: AbortController | undefined

  constructor(
    verified: VerifiedContext,
    claim: DeliveryClaim | null | undefined,
    addWork: (promise: PromiseLike<unknown>) => void,
  ) {
    this.secretId = verified.secretId
    this.#verified = verified
    this.#claim = claim
    this.#addWork = addWork
  }

  get rawBody(): Uint8Array {
    return this.#verified.rawBody
  }

  get receivedAt(): Date {
    return this.#verified.receivedAt
  }

  get header() {
    return this.#verified.header
  }

  get key() {
    return this.#verified.key
  }

  // In a private field, because the key may name a customer.
  get claim(): DeliveryClaim | null | undefined {
    return this.#claim
  }

  get waitUntil() {
    return this.#addWork
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
