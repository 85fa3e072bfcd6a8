import type { EventOf, GallaboxEvent } from '../events/event.js'
import type { EventMap, HelpPageNames } from '../events/event-map.js'
import { checkOptions, type OptionKinds } from '../platform/check-options.js'
import type { SecretSource } from '../signature/secrets.js'
import type { DeliveryStore } from '../stores/store.js'
import type { DeliveryContext, HandlerContext } from './context.js'
import type { ReceivedDelivery } from './delivery.js'
import type { OutcomeRecord } from './outcome-record.js'

/**
 * Handles an event. A promise that it returns is awaited, and its value is ignored. If it throws or rejects, the response
 * is 500 and Gallabox retries.
 */
export type Handler<E> = (event: E, context: HandlerContext) => unknown

/** A handler per event, by wire or help-page name. An unknown name is a TypeError, and so are two handlers for one event. */
export type EventHandlers = {
  readonly [T in keyof EventMap]?: Handler<EventOf<T>> | undefined
} & {
  readonly [N in keyof HelpPageNames]?: Handler<EventOf<N>> | undefined
} & {
  /** Called for every other event, `unrecognized` ones included. Default: other events are `ignored`. */
  readonly default?: Handler<GallaboxEvent> | undefined
}

/** How deliveries are verified. */
export interface VerifyOptions {
  /**
   * The webhook's secret, as typed into Gallabox. Pass a list during a rotation, or a function that returns the secret.
   * A missing, empty, blank or encrypted secret is a TypeError. Verification cannot be turned off.
   */
  readonly secret: SecretSource | undefined
  /** The largest body, in bytes. Larger ones get 413. Default: 1 MiB. */
  readonly maxBodyBytes?: number | undefined
  /** How long a body may take to arrive, in milliseconds. Slower ones get 408. Default: 10 000. */
  readonly bodyTimeoutMs?: number | undefined
  /**
   * Headers that every delivery must have, as set under Headers in the settings of the webhook. Values are compared in
   * constant time. An undefined or empty value is a TypeError. Default: none.
   */
  readonly requiredHeaders?: Readonly<Record<string, string | undefined>> | undefined
}

/** How deliveries are verified and reported. */
export interface MiddlewareOptions extends VerifyOptions {
  /**
   * Called once per delivery with its outcome, which is safe to log, and the delivery, which is not. Errors it throws are
   * ignored. A handler that fails after the response is a second outcome, with `late: true`.
   *
   * Default: problems are printed to the console, once per code. Pass `() => {}` for silence.
   */
  readonly onOutcome?: ((outcome: OutcomeRecord, delivery: ReceivedDelivery) => unknown) | undefined
  /** Returns the time, in milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** The options of a receiver, and of every adapter's handler. Pass `onEvent` or `on`. */
export interface ReceiverOptions extends MiddlewareOptions {
  /** Called for every event, `unrecognized` ones included. Exclusive with `on`. */
  readonly onEvent?: Handler<GallaboxEvent> | undefined
  /** A handler per event, and `default` for all others: an object, or an instance of a class. Exclusive with `onEvent`. */
  readonly on?: EventHandlers | undefined
  /** Handles each delivery only once, also when Gallabox retries it, and in several processes. Default: off. */
  readonly idempotency?: IdempotencyOptions | undefined
  /**
   * The maximum age of a message, status, payment status or reaction, in milliseconds, by the time inside its signed body.
   * Older ones get 400, and other events pass. Use days, because a late retry that is rejected is lost. Default: no limit.
   */
  readonly maxAgeMs?: number | undefined
  /** How long a handler may take, in milliseconds. After that, the response is 500 and `signal` aborts. Default: 30 000. */
  readonly handlerTimeoutMs?: number | undefined
  /**
   * When to respond. `'after-handler'`: once the handler is done, so that Gallabox retries if it failed.
   * `'before-handler'`: at once. A handler that fails afterwards is only reported. Default: `'after-handler'`.
   *
   * It needs a process that outlives the response, or a `waitUntil`. A Web handler without one runs the handler first and
   * reports that. On AWS Lambda, `'before-handler'` is a TypeError.
   */
  readonly ack?: 'after-handler' | 'before-handler' | undefined
  /**
   * Keeps the platform alive after the response until the promise settles, such as `after` of Next. On Node.js with a
   * Web handler, `() => {}` says that the process outlives the response. Default: what the platform passes, if it does.
   */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
}

/**
 * How each delivery is handled only once. A duplicate that arrives while the first is still running gets 503 and
 * `Retry-After`, which counts as one of Gallabox's up to 5 attempts.
 *
 * No two runs at once, and none after a recorded success, as long as a live process reaches the store once per lease.
 * A success that the store could not record may run again. A handler that overran `handlerTimeoutMs` still holds its
 * claim, and its success is recorded. One that never ends holds it until its process ends, so stop work when
 * `context.signal` aborts.
 */
export interface IdempotencyOptions {
  /**
   * Remembers deliveries: `memoryStore()`, `redisStore(client)`, `dynamoStore(client, { table })`,
   * `postgresStore(client)`, `sqlStore(run, { dialect })`, or your own.
   */
  readonly store: DeliveryStore
  /** A prefix for keys, for several webhooks that share a store. Default: none. */
  readonly namespace?: string | undefined
  /** How long a handled delivery is remembered, in milliseconds. Default: 24 hours. */
  readonly ttlMs?: number | undefined
  /**
   * How long a claim lasts, in milliseconds. If the process dies, the delivery can run again after that. While a handler
   * runs, its claim is extended at each third of `leaseMs`. A store call times out after a third of `leaseMs`, or after
   * 5 seconds if that is less. Default: 30 000.
   */
  readonly leaseMs?: number | undefined
  /**
   * Returns what identifies a delivery, or null to handle it every time. Default: `context.key()`, and null for tag
   * events and `Template.Status`, which can legitimately repeat byte for byte.
   */
  readonly key?:
    | ((event: GallaboxEvent, context: DeliveryContext) => string | null | PromiseLike<string | null>)
    | undefined
}

const verifyKinds: OptionKinds<VerifyOptions> = {
  secret: 'unchecked',
  maxBodyBytes: 'an integer',
  bodyTimeoutMs: 'an integer',
  requiredHeaders: 'an object',
}
const middlewareKinds: OptionKinds<MiddlewareOptions> = {
  ...verifyKinds,
  onOutcome: 'a function',
  now: 'a function',
}
const receiverKinds: OptionKinds<ReceiverOptions> = {
  ...middlewareKinds,
  onEvent: 'a function',
  on: 'an object',
  idempotency: 'an object',
  maxAgeMs: 'an integer',
  handlerTimeoutMs: 'an integer',
  ack: 'a string',
  waitUntil: 'a function',
}
const idempotencyKinds: OptionKinds<IdempotencyOptions> = {
  store: 'an object',
  namespace: 'a string',
  ttlMs: 'an integer',
  leaseMs: 'an integer',
  key: 'a function',
}

/** Throws a TypeError for an unknown option or a value of the wrong type. */
export function checkVerifyOptions(options: VerifyOptions): void {
  checkOptions('', options, verifyKinds, 'Pass { secret }.')
}

/** Throws a TypeError for an unknown option or a value of the wrong type. */
export function checkMiddlewareOptions(options: MiddlewareOptions): void {
  checkOptions('', options, middlewareKinds, 'Pass { secret }.')
}

/** Throws a TypeError for an unknown option, a value of the wrong type, or handlers given twice. */
export function checkReceiverOptions(options: ReceiverOptions): void {
  checkOptions('', options, receiverKinds, 'Pass { secret, onEvent } or { secret, on }.')
  if (options.idempotency) checkOptions('idempotency', options.idempotency, idempotencyKinds)
  if (options.ack !== undefined && !/^(after|before)-handler$/.test(options.ack)) {
    throw new TypeError("ack: must be 'after-handler' or 'before-handler'.")
  }
}
