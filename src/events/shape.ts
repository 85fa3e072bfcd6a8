// The run-time check of bodies: one table, typed by the interfaces, so that neither can change without the other.
// It must not know values: an issue names places and types alone.
import { typeName } from '../platform/type-name.js'
import type { Conversation } from './conversation.js'
import type { EventMap, EventType } from './event-map.js'
import type { MessageReceived, MessageWaStatusReceived } from './message.js'

/** A place in a body that does not fit the event's name. It never holds a value of the body. */
export interface ShapeIssue {
  /** Members joined by dots, such as `flowResponse.contactId`; empty for the body itself. */
  readonly path: string
  readonly expected: string
  readonly found: string
}

// biome-ignore lint/complexity/noBannedTypes: `{}` is what tells an optional member from a required one.
type RequiredKeys<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? never : K }[keyof T]
type AbsentKeys<T> = { [K in keyof T]-?: [Exclude<T[K], undefined>] extends [never] ? K : never }[keyof T]

// A literal stands in quotation marks of its own; an object goes one level down.
type Check<V> = string extends V
  ? 'string'
  : V extends string
    ? `"${V}"`
    : number extends V
      ? 'number'
      : V extends object
        ? Shape<V>
        : never

/** A check for each required member of an interface, and `absent` for each that must not be there. No more, no less. */
export type Shape<T> = { readonly [K in RequiredKeys<T>]: Check<T[K]> } & { readonly [K in AbsentKeys<T>]: 'absent' }

type AnyShape = { readonly [member: string]: string | AnyShape }

const conversation: Shape<Conversation> = {
  id: 'string',
  accountId: 'string',
  channelId: 'string',
  contactId: 'string',
  status: 'string',
}
const message: Shape<MessageReceived> = {
  id: 'string',
  conversationId: 'string',
  accountId: 'string',
  channelId: 'string',
  contactId: 'string',
  sender: 'string',
}
const status: Shape<MessageWaStatusReceived> = {
  id: 'string',
  status: 'string',
  timestamp: 'string',
  recipient_id: 'string',
  payment: 'absent',
}
const contact: Shape<EventMap['Contact.Created']> = {
  id: 'string',
  accountId: 'string',
  name: 'string',
  contactId: 'absent',
}
const conversationTag: Shape<EventMap['Conversation.Tag.Mapped']> = {
  accountId: 'string',
  conversationId: 'string',
  tagId: 'string',
  name: 'string',
}

/** What each of the 26 events must have. Its keys are the names of the events, in the order of the documentation. */
export const shapes: { readonly [T in EventType]: Shape<EventMap[T]> } = {
  'Contact.Created': contact,
  'Contact.Updated': contact,
  'Contact.Tag.Mapped': { id: 'string', contactId: 'string', accountId: 'string', name: 'string', tagId: 'absent' },
  'Contact.Tag.Unmapped': { id: 'string', tagId: 'string', contactId: 'string', accountId: 'string', name: 'string' },
  'Conversation.Create': conversation,
  'Conversation.Update': conversation,
  'Conversation.Resolve': conversation,
  'Conversation.Followup': conversation,
  'Conversation.UnAttended': conversation,
  'Conversation.Tag.Mapped': conversationTag,
  'Conversation.Tag.Unmapped': conversationTag,
  'Conversation.HandoverAgentFallback': {},
  'Conversation.InactiveAgentFallback': {},
  'Conversation.AI.Analyse': {},
  'Message.Received': message,
  'Message.Send': message,
  'Message.Flow.Received': {
    flowResponse: {
      accountId: 'string',
      channelId: 'string',
      contactId: 'string',
      conversationId: 'string',
      flowData: {},
    },
  },
  'Message.WA.Cart.Received': /* @__PURE__ */ Object.assign({ whatsapp: { order: {} } }, message),
  'Message.WA.Status.Received': status,
  'Message.WA.Status.Failed': {
    id: 'string',
    status: '"failed"',
    timestamp: 'string',
    recipient_id: 'string',
    payment: 'absent',
  },
  'Message.WA.Payment.Status.Received': {
    id: 'string',
    status: 'string',
    timestamp: 'string',
    recipient_id: 'string',
    payment: { reference_id: 'string' },
  },
  'Message.WA.Interaction.Received': {
    id: 'string',
    timestamp: 'string',
    recipient_id: 'string',
    interaction: 'string',
  },
  'Template.Status': { id: 'string', name: 'string', new_status: 'string' },
  'Broadcast.WA.Message.Status.Received': {},
  'Broadcast.WA.Message.Status.Failed': {},
  'Broadcast.WA.Message.Engaged.Received': {},
}

/** Finds where a body does not fit an event. An empty list says that it fits. Total: any JSON gives a list. */
export function findShapeIssues(type: EventType, data: unknown): readonly ShapeIssue[] {
  const issues: ShapeIssue[] = []
  collectIssues(shapes[type] as AnyShape, data, '', issues)
  return issues
}

function collectIssues(check: string | AnyShape, value: unknown, path: string, issues: ShapeIssue[]): void {
  const found = value === undefined ? 'missing' : typeName(value)
  const expected = typeof check === 'string' ? check : 'object'
  if (!fits(expected, value, found)) {
    issues.push({ path, expected, found })
  } else if (typeof check !== 'string') {
    for (const member of Object.keys(check)) {
      const inner = (value as Record<string, unknown>)[member]
      collectIssues(check[member] as string | AnyShape, inner, path ? `${path}.${member}` : member, issues)
    }
  }
}

function fits(expected: string, value: unknown, found: string): boolean {
  if (expected === 'absent') return value === undefined || value === null
  return found === expected || (found === 'string' && `"${value}"` === expected)
}
