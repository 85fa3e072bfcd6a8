// The user's handlers: which of them takes an event, and running it.
// It must not know HTTP.

import type { EventOf, GallaboxEvent } from '../events/event.js'
import type { EventType } from '../events/event-map.js'
import { canonicalEventName, type EventName, knownEventName } from '../events/names.js'
import { assertFunction } from '../platform/assert.js'
import { isPromiseLike, timedOut, withTimeout } from '../platform/promises.js'
import type { HandlerContext } from './context.js'

/** What runs for an event. It is awaited; what it returns is not used. */
export type Handler<E> = (event: E, context: HandlerContext) => unknown

/** The handlers of a receiver. */
export interface Handlers {
  /** A handler for each event of interest, by its wire or help-page name. An unknown or repeated name is a TypeError. */
  readonly on?: { readonly [N in EventName]?: Handler<EventOf<N>> | undefined } | undefined
  /** Takes whatever `on` does not name, events of the type `unrecognized` included. */
  readonly onEvent?: Handler<GallaboxEvent> | undefined
}

export type HandlerSelector = (event: GallaboxEvent) => Handler<never> | 'ignored' | 'unhandled'

/** Checks the handlers once and returns the choice among them. */
export function createHandlerSelector({ on = {}, onEvent }: Handlers): HandlerSelector {
  assertFunction('onEvent', onEvent)
  const handlers = new Map<EventType, Handler<never>>()
  for (const [name, handler] of Object.entries(on) as [string, Handler<never> | undefined][]) {
    const type = knownEventName('on', name)
    if (handlers.has(type)) throw new TypeError(`on: ${type} is there twice.`)
    assertFunction(name, handler)
    if (handler) handlers.set(type, handler)
  }
  if (handlers.size === 0 && !onEvent) {
    throw new TypeError('Give a handler: on for single events, or onEvent for all.')
  }

  return function select(event) {
    if (event.type !== 'unrecognized') return handlers.get(event.type) ?? onEvent ?? 'ignored'
    if (onEvent) return onEvent
    const type = event.name === null ? undefined : canonicalEventName(event.name)
    const wanted = event.name === null || (type !== undefined && handlers.has(type))
    return wanted ? 'unhandled' : 'ignored'
  }
}

/** How a handler ended. */
export interface HandlerResult {
  readonly code: 'handled' | 'handler-failed' | 'handler-timeout'
  readonly error?: unknown
  /** The handler that goes on after its time was up. */
  readonly stillRunning?: Promise<HandlerResult>
}

/** Calls a handler, never throwing or rejecting. Synchronous where the handler is. */
export function callHandler(call: () => unknown): HandlerResult | Promise<HandlerResult> {
  try {
    const result = call()
    return isPromiseLike(result) ? Promise.resolve(result).then(handled, failed) : handled()
  } catch (error) {
    return failed(error)
  }
}

/** Waits for a handler, up to a time limit. Synchronous where the handler was. */
export function awaitHandler(
  ending: HandlerResult | Promise<HandlerResult>,
  timeoutMs: number,
): HandlerResult | Promise<HandlerResult> {
  if (!isPromiseLike(ending)) return ending
  return withTimeout(ending, timeoutMs).then((result) =>
    result === timedOut ? { code: 'handler-timeout', stillRunning: ending } : result,
  )
}

function handled(): HandlerResult {
  return { code: 'handled' }
}

function failed(error: unknown): HandlerResult {
  return { code: 'handler-failed', error }
}
