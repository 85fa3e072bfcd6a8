import type { GallaboxEvent } from '../events/event.js'
import type { EventType } from '../events/event-map.js'
import { canonicalEventName, requireEventName } from '../events/names.js'
import { typeName } from '../platform/type-name.js'
import type { EventHandlers, Handler, ReceiverOptions } from './options.js'
import { type EndedEarly, endEarly } from './step-result.js'

export interface SelectedHandler {
  readonly ok: true
  readonly handler: Handler<never>
}

/** Creates the fifth step: it selects the handler of an event. */
export function createHandlerSelector({ on, onEvent }: ReceiverOptions) {
  if (on && onEvent) throw new TypeError('onEvent: must not be combined with on. Use on.default in its place.')
  const { byType, fallback } = on ? collectHandlers(on) : { byType: new Map(), fallback: onEvent }
  if (byType.size === 0 && !fallback) {
    throw new TypeError('options: no handler. Pass onEvent, or on with a handler for each event.')
  }
  const selected = new Map<EventType, SelectedHandler>()
  for (const [type, handler] of byType) selected.set(type, { ok: true, handler })
  const selectedFallback: SelectedHandler | undefined = fallback && { ok: true, handler: fallback }

  return function selectHandler(event: GallaboxEvent): SelectedHandler | EndedEarly {
    if (event.type !== 'unrecognized') return selected.get(event.type) ?? selectedFallback ?? endEarly('ignored')
    if (selectedFallback) return selectedFallback
    // Without a usable name or payload, an event may be one that a handler waits for.
    const type = event.name === null ? undefined : canonicalEventName(event.name)
    const mayBeWanted = event.name === null || (type !== undefined && selected.has(type))
    return endEarly(mayBeWanted ? 'unhandled' : 'ignored')
  }
}

function collectHandlers(on: EventHandlers) {
  const byType = new Map<EventType, Handler<never>>()
  let fallback: Handler<GallaboxEvent> | undefined
  for (const [name, handler] of listMembers(on)) {
    if (handler === undefined) continue
    if (typeof handler !== 'function') throw new TypeError(`on.${name}: must be a function, got ${typeName(handler)}.`)
    // Called as a method, so that a class instance keeps its `this`.
    const bound: Handler<never> = (event, context) => handler.call(on, event, context)
    if (name === 'default') {
      fallback = bound as Handler<GallaboxEvent>
      continue
    }
    const type = requireEventName('on', name)
    if (byType.has(type)) throw new TypeError(`on: duplicate handler for ${JSON.stringify(type)}. Remove one.`)
    byType.set(type, bound)
  }
  return { byType, fallback }
}

/** Lists the members of a plain object, and of a class instance those that look like handlers, inherited ones included. */
function listMembers(on: object): readonly (readonly [name: string, member: unknown])[] {
  const members = on as Readonly<Record<string, unknown>>
  if (isPlainObject(on)) return Object.keys(on).map((name) => [name, members[name]])
  const names = new Set<string>()
  for (let owner = on; Object.getPrototypeOf(owner) !== null; owner = Object.getPrototypeOf(owner)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      // Other members of an instance are its own business. An event name has a dot.
      if (name === 'default' || name.includes('.')) names.add(name)
    }
  }
  return [...names].map((name) => [name, members[name]] as const).filter(([, member]) => typeof member === 'function')
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
