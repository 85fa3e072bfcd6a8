// Creates docs/reference/events: a page per family of events. index.md is created by events-index.ts.
import { type EventDescriptor, eventDescriptors } from '../../src/events/descriptors.js'
import type { GallaboxEvent } from '../../src/events/event.js'
import type { EventType } from '../../src/events/event-map.js'
import { entityIds } from '../../src/events/helpers/entity-ids.js'
import { type SampledEventType, samplePayload, sampleVariants } from '../../src/testing/samples/index.js'
import { type Family, families, listEvents } from './families.js'
import { createFence, createTable, listCode, toAnchor } from './markdown.js'
import { read } from './pages.js'

interface OpenApi {
  readonly webhooks: Readonly<Record<EventType, { readonly post: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, { readonly description?: string }>> }
}

interface Operation {
  readonly summary: string
  readonly requestBody: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } }
  }
}

/** Longer samples are folded. */
const maxOpenLines = 45

const identified: { readonly [I in NonNullable<EventDescriptor['id']>]: string } = {
  contactId: "the contact's id",
  conversationId: "the conversation's id",
  messageId: "Gallabox's message id, not WhatsApp's",
  tagId: "the tag's id",
  templateId: "the template's id",
  whatsappMessageId: "WhatsApp's message id (`wamid.…`)",
}

const times: { readonly [T in NonNullable<EventDescriptor['time']>]: string } = {
  timestamp: '`timestamp`: seconds since the Unix epoch, as a string',
  'whatsapp.time': '`whatsapp.time`: ISO 8601, UTC',
  createdAt: '`createdAt`: ISO 8601, UTC',
  resolvedDate: '`resolvedDate`: ISO 8601, UTC',
}

const contents: { readonly [C in NonNullable<EventDescriptor['content']>]: readonly [where: string, helpers: string] } =
  {
    whatsapp: [
      'the member of `whatsapp` that `whatsapp.type` names; `private` for a note between agents',
      '`messageContent`, `messageText`, `isInbound`',
    ],
    'whatsapp.order': ['`whatsapp.order`', '`messageContent`, `orderTotal`'],
    flowResponse: ['`flowResponse.flowData`', '`flowAnswers`, `messageContent`'],
    interaction: ['`reaction`, if `interaction` is `reaction`', '`messageContent`'],
  }

const phones: { readonly [P in NonNullable<EventDescriptor['phone']>]: string } = {
  phone: 'the first of `phone`, with "+"',
  'contact.phone': 'the first of `contact.phone`, without "+"',
  whatsapp: '`whatsapp.from` if the customer sent it, else `whatsapp.to`; or the first of `contact.phone`; without "+"',
  recipient_id: '`recipient_id`, without "+"',
}

const examples: { readonly [F in Family]: string } = {
  Contact: `import { createReceiver, customerPhone } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Contact.Created': (event) => console.log(event.type, event.data.name, customerPhone(event)),
    'Contact.Tag.Mapped': (event) => console.log(event.type, event.data.contactId, event.data.name),
  },
})`,
  Conversation: `import { createReceiver } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Conversation.Create': (event) => console.log(event.type, event.data.id),
    'Conversation.Resolve': (event) => console.log(event.type, event.data.id, event.data.resolvedDate),
  },
})`,
  Message: `import { createReceiver, messageText } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Message.WA.Status.Received': (event) => console.log(event.type, event.data.id, event.data.status),
  },
})`,
  Template: `import { createReceiver } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Template.Status': ({ type, data }) => console.log(type, data.name, data.new_status, data.rejected_reason),
  },
})`,
  Broadcast: `import { createReceiver } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Broadcast.WA.Message.Status.Received': ({ type, data }) => console.log(type, Object.keys(data)),
  },
})`,
}

const notes: { readonly [F in Family]?: string } = {
  Contact: "A contact's id can change when two contacts are merged.",
  Conversation:
    'Create, Update, Resolve, Followup and UnAttended have the same members. Only the name distinguishes them, and the signature does not cover it. See [Event name spoofing](../../concepts/event-name-spoofing.md).',
  Message:
    'A webhook gets the messages of every channel of the account. To handle one channel, compare `entityIds(event).channelId`. Statuses, reactions and payments have only a message id.',
  Broadcast: 'Log what arrives before you rely on a member. `readMember` reads members that are not typed.',
}

/** Creates the page of a family of events. */
export function createEventsPage(family: Family): string {
  const openApi = JSON.parse(read('openapi.json')) as OpenApi
  const types = listEvents(family)
  const names = types.map((type) => [`[\`${type}\`](#${toAnchor(type)})`, `${openApi.webhooks[type].post.summary}.`])
  return `${[
    `# ${family} events`,
    families[family],
    createFence('ts', examples[family]),
    notes[family],
    types.length > 1 && createTable(['Event', 'Meaning'], names),
    '[Events](index.md) has the rules for names and members, and the helpers.',
    ...types.map((type) => describeEvent(type, openApi)),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

function describeEvent(type: EventType, { webhooks, components }: OpenApi): string {
  const { shape, helpPageName, canRepeat, id }: EventDescriptor = eventDescriptors[type]
  const { summary, requestBody } = webhooks[type].post
  const schema = requestBody.content['application/json'].schema.$ref.split('/').at(-1) as string
  const required = listRequired(shape)
  const note = components.schemas[schema]?.description?.replace(/^Payload of `[^`]+`[.:] ?/, '')
  return [
    `## ${type}`,
    [`${summary}.`, required.length > 0 && note].filter(Boolean).join(' '),
    [
      helpPageName && helpPageName !== type && `- Name on the help page: \`${helpPageName}\``,
      `- Type of \`data\`: \`${schema}\``,
      required.length > 0 && `- Required members: ${listCode(required)}`,
      id && `- \`id\`: ${identified[id]}`,
      canRepeat && '- Can repeat: two equal deliveries can be two events, so `idempotency` handles both',
    ]
      .filter(Boolean)
      .join('\n'),
    required.length === 0 &&
      '**Any object is accepted under this name**, including the payload of another event. See [Event name spoofing](../../concepts/event-name-spoofing.md).',
    createPlaces(type),
    ...createSamples(type),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** Lists the members that the payload must have, with dots between their names. */
function listRequired(shape: object, path = ''): readonly string[] {
  return Object.entries(shape).flatMap(([member, check]) => {
    if (check === 'absent') return []
    const members = typeof check === 'string' ? [] : listRequired(check, `${path}${member}.`)
    return members.length > 0 ? members : [path + member]
  })
}

/** Says where the payload has what the helpers return. */
function createPlaces(type: EventType): string {
  const { time, content, phone }: EventDescriptor = eventDescriptors[type]
  const ids = listIds(type)
  const rows = [
    time && ['Time', times[time], '`occurredAt`'],
    content && ['Content', ...contents[content]],
    phone && ["Customer's phone", phones[phone], '`customerPhone`'],
    ids.length > 0 && ['Ids', listCode(ids), '`entityIds`'],
  ].filter((row) => Array.isArray(row))
  return rows.length > 0 ? createTable(['What', 'Where', 'Helper'], rows) : ''
}

/** Lists the ids that entityIds finds in the samples. */
function listIds(type: EventType): readonly string[] {
  const events = listVariants(type).map(([, data]) => ({ type, data }) as GallaboxEvent)
  return [...new Set(events.flatMap((event) => Object.keys(entityIds(event))))]
}

function createSamples(type: EventType): readonly string[] {
  const variants = listVariants(type)
  return variants.map(([variant, data], position) => {
    const json = formatJson(data)
    const fence = createFence('json', json)
    const isOpen = position === 0 && json.split('\n').length <= maxOpenLines
    const name = variants.length === 1 ? '' : variant
    if (isOpen) return `Sample${name && ` \`${name}\``}:\n\n${fence}`
    return `<details>\n<summary>Sample${name && ` <code>${name}</code>`}</summary>\n\n${fence}\n\n</details>`
  })
}

function listVariants(type: EventType): readonly (readonly [variant: string, data: unknown])[] {
  if (Object.keys(eventDescriptors[type].shape).length === 0) return []
  const sampled = type as SampledEventType
  return sampleVariants(sampled).map((variant) => [variant, samplePayload(sampled, variant)])
}

/** Formats JSON with short lists on one line. */
function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\[\n\s+([^[\]{}]{1,60}?)\n\s+\]/g, (_all, items: string) => {
    return `[${items.replace(/\n\s+/g, ' ')}]`
  })
}
