import type { ContactCreated, ContactTagMapped } from './contact.js'
import type { Conversation } from './conversation.js'
import type { EventMap, EventType, HelpPageName, HelpPageNames } from './event-map.js'
import type {
  MessageFlowReceived,
  MessageReceived,
  MessageSend,
  MessageWaCartReceived,
  MessageWaInteractionReceived,
} from './message.js'
import type { Shape } from './shape.js'

/** What is known about an event in addition to the type of its payload. */
export interface EventDescriptor<T extends EventType = EventType> {
  /** The members that the payload must have, checked at run time. */
  readonly shape: T extends EventType ? Shape<EventMap[T]> : never
  readonly helpPageName?: HelpPageNameOf<T>
  /** Names seen elsewhere. */
  readonly otherNames?: readonly string[]
  /** Two deliveries can be equal byte for byte and still be two events: a tag is added, removed and added again. */
  readonly canRepeat?: true
  /** What the payload's `id` identifies. */
  readonly id?: 'contactId' | 'conversationId' | 'messageId' | 'tagId' | 'templateId' | 'whatsappMessageId'
  /** Where the time of the event is. `timestamp` and `whatsapp.time` are times of sending, which `maxAgeMs` limits. */
  readonly time?: PlaceOf<TimePlaces, T>
  /** Where the content of a message is. */
  readonly content?: PlaceOf<ContentPlaces, T>
  /** Where the customer's phone is. */
  readonly phone?: PlaceOf<PhonePlaces, T>
}

// The places that a row can name, and the payloads that have them.
interface TimePlaces {
  timestamp: { readonly timestamp: string }
  'whatsapp.time': MessageSend
  createdAt: ContactCreated | Conversation
  resolvedDate: Conversation
}
interface ContentPlaces {
  whatsapp: MessageSend
  'whatsapp.order': MessageWaCartReceived
  flowResponse: MessageFlowReceived
  interaction: MessageWaInteractionReceived
}
interface PhonePlaces {
  phone: ContactCreated
  'contact.phone': ContactTagMapped | Conversation
  /** `from` or `to`, or else the contact's. */
  whatsapp: MessageSend
  recipient_id: { readonly recipient_id: string }
}

type PlaceOf<Places, T extends EventType> = T extends EventType
  ? { [P in keyof Places]: EventMap[T] extends Places[P] ? P : never }[keyof Places]
  : never
type HelpPageNameOf<T extends EventType> = {
  [N in HelpPageName]: HelpPageNames[N] extends T ? N : never
}[HelpPageName]

// A row must give the help-page name if there is one, and what `id` identifies if the payload has one.
type RequiredMember<T extends EventType> =
  | ([HelpPageNameOf<T>] extends [never] ? never : 'helpPageName')
  | (EventMap[T] extends { readonly id: string } ? 'id' : never)
/** A row for every event, none left out. */
export type EventDescriptors = {
  readonly [T in EventType]: EventDescriptor<T> & Required<Pick<EventDescriptor<T>, RequiredMember<T>>>
}

const contact: Shape<ContactCreated> = { id: 'string', accountId: 'string', name: 'string', contactId: 'absent' }
const conversation: Shape<Conversation> = {
  id: 'string',
  accountId: 'string',
  channelId: 'string',
  contactId: 'string',
  status: 'string',
}
const conversationTag: Shape<EventMap['Conversation.Tag.Mapped']> = {
  accountId: 'string',
  conversationId: 'string',
  tagId: 'string',
  name: 'string',
}
const sentMessage: Shape<MessageSend> = {
  id: 'string',
  conversationId: 'string',
  accountId: 'string',
  channelId: 'string',
  contactId: 'string',
}
const message: Shape<MessageReceived> = /* @__PURE__ */ Object.assign({}, sentMessage, { sender: 'string' } as const)

/** One row per event, in the order of the documentation. */
export const eventDescriptors = {
  'Contact.Created': {
    helpPageName: 'Contact.created',
    shape: contact,
    id: 'contactId',
    time: 'createdAt',
    phone: 'phone',
  },
  'Contact.Updated': {
    helpPageName: 'Contact.updated',
    otherNames: ['Contact.Update'],
    shape: contact,
    id: 'contactId',
    phone: 'phone',
  },
  'Contact.Tag.Mapped': {
    helpPageName: 'Contact.mapped',
    shape: { id: 'string', contactId: 'string', accountId: 'string', name: 'string', tagId: 'absent' },
    id: 'tagId',
    canRepeat: true,
    phone: 'contact.phone',
  },
  'Contact.Tag.Unmapped': {
    helpPageName: 'Contact.unmapped',
    shape: { id: 'string', tagId: 'string', contactId: 'string', accountId: 'string', name: 'string' },
    id: 'tagId',
    canRepeat: true,
  },
  'Conversation.Create': {
    helpPageName: 'Conversation.created',
    shape: conversation,
    id: 'conversationId',
    time: 'createdAt',
    phone: 'contact.phone',
  },
  'Conversation.Update': {
    helpPageName: 'Conversation.updated',
    shape: conversation,
    id: 'conversationId',
    phone: 'contact.phone',
  },
  'Conversation.Resolve': { shape: conversation, id: 'conversationId', time: 'resolvedDate', phone: 'contact.phone' },
  'Conversation.Followup': { shape: conversation, id: 'conversationId', phone: 'contact.phone' },
  'Conversation.UnAttended': {
    helpPageName: 'Conversation.UnAttended',
    shape: conversation,
    id: 'conversationId',
    phone: 'contact.phone',
  },
  'Conversation.Tag.Mapped': { helpPageName: 'Conversation.Tag.mapped', shape: conversationTag, canRepeat: true },
  'Conversation.Tag.Unmapped': { helpPageName: 'Conversation.Tag.unmapped', shape: conversationTag, canRepeat: true },
  'Conversation.HandoverAgentFallback': { shape: {} },
  'Conversation.InactiveAgentFallback': { shape: {} },
  'Conversation.AI.Analyse': { shape: {} },
  'Message.Received': {
    helpPageName: 'Message.received',
    shape: message,
    id: 'messageId',
    time: 'whatsapp.time',
    content: 'whatsapp',
    phone: 'whatsapp',
  },
  'Message.Send': {
    shape: sentMessage,
    id: 'messageId',
    time: 'whatsapp.time',
    content: 'whatsapp',
    phone: 'whatsapp',
  },
  'Message.Flow.Received': {
    helpPageName: 'Message.flow.received',
    shape: {
      flowResponse: {
        accountId: 'string',
        channelId: 'string',
        contactId: 'string',
        conversationId: 'string',
        flowData: {},
      },
    },
    content: 'flowResponse',
  },
  'Message.WA.Cart.Received': {
    helpPageName: 'Message.WA.Cart.received',
    shape: /* @__PURE__ */ Object.assign({ whatsapp: { order: {} } }, message),
    id: 'messageId',
    time: 'whatsapp.time',
    content: 'whatsapp.order',
    phone: 'whatsapp',
  },
  'Message.WA.Status.Received': {
    helpPageName: 'Message.WA.status.received',
    shape: { id: 'string', status: 'string', timestamp: 'string', recipient_id: 'string', payment: 'absent' },
    id: 'messageId',
    time: 'timestamp',
    phone: 'recipient_id',
  },
  'Message.WA.Status.Failed': {
    helpPageName: 'Message.WA.status.failed',
    shape: { id: 'string', status: '"failed"', timestamp: 'string', recipient_id: 'string', payment: 'absent' },
    id: 'messageId',
    time: 'timestamp',
    phone: 'recipient_id',
  },
  'Message.WA.Payment.Status.Received': {
    helpPageName: 'Message.WA.Payment.status.received',
    shape: {
      id: 'string',
      status: 'string',
      timestamp: 'string',
      recipient_id: 'string',
      payment: { reference_id: 'string' },
    },
    id: 'whatsappMessageId',
    time: 'timestamp',
    phone: 'recipient_id',
  },
  'Message.WA.Interaction.Received': {
    shape: { id: 'string', timestamp: 'string', recipient_id: 'string', interaction: 'string' },
    id: 'messageId',
    time: 'timestamp',
    content: 'interaction',
    phone: 'recipient_id',
  },
  'Template.Status': {
    helpPageName: 'Template.status',
    shape: { id: 'string', name: 'string', new_status: 'string' },
    id: 'templateId',
    canRepeat: true,
  },
  'Broadcast.WA.Message.Status.Received': { shape: {} },
  'Broadcast.WA.Message.Status.Failed': { shape: {} },
  'Broadcast.WA.Message.Engaged.Received': { shape: {} },
} as const satisfies EventDescriptors

/** Checks whether deliveries of an event can be equal byte for byte and still be several events. */
export function isRepeatable(type: EventType): boolean {
  return 'canRepeat' in eventDescriptors[type]
}

/** Returns the descriptor of an event, or undefined for one that is not known, whatever its type says. */
export function findDescriptor(type: string): EventDescriptor | undefined {
  return (eventDescriptors as Readonly<Record<string, EventDescriptor | undefined>>)[type]
}
