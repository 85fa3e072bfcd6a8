import { type EventDescriptor, eventDescriptors } from '../../src/events/descriptors.js'
import type { EventType } from '../../src/events/event-map.js'
import { eventTypes } from '../../src/events/names.js'
import { read } from './pages.js'

interface Operation {
  readonly summary: string
  readonly requestBody: { readonly content: { readonly 'application/json': Samples } }
}

interface Samples {
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

const head = `# Every event

The body is the payload itself, without an envelope. The header \`x-event-name\` carries the event name. \`on\` accepts wire names and help-page names. Letter case does not matter in the header.

Required members are checked at run time. A payload without one of them is an \`unrecognized\` event. All other members are optional in the types, and every object is open: Gallabox adds members without notice. \`samplePayload\` of \`gallabox-webhooks/testing\` returns the payloads below. For other languages, see [openapi.json](../../openapi.json).

An account can have other events. They arrive as \`unrecognized\` events, with their \`name\`.

The types list only known members, so that a misspelled one does not compile. \`readMember\` reads one that Gallabox added later:

\`\`\`ts
import { type EventOf, readMember } from 'gallabox-webhooks'

export function countryOf({ data }: EventOf<'Message.Received'>): string | undefined {
  const country = readMember(data, 'whatsapp', 'profile', 'country')
  return typeof country === 'string' ? country : undefined
}
\`\`\`
`

const identified: { readonly [I in NonNullable<EventDescriptor['id']>]: string } = {
  contactId: "the contact's id",
  conversationId: "the conversation's id",
  messageId: "Gallabox's message id",
  tagId: "the tag's id",
  templateId: "the template's id",
  whatsappMessageId: "WhatsApp's message id",
}

function describeEvent(type: EventType, { summary, requestBody }: Operation): string {
  const { shape, helpPageName, id }: EventDescriptor = eventDescriptors[type]
  const { example, examples = {} } = requestBody.content['application/json']
  const variants = Object.entries(examples)
  const sample = example ?? variants[0]?.[1].value
  const required = listRequired(shape).map((path) => `\`${path}\``)
  const sentences = [
    `${summary}.`,
    helpPageName && helpPageName !== type && `On the help page: \`${helpPageName}\`.`,
    id && `\`id\` is ${identified[id]}.`,
  ]
  return [
    `## ${type}`,
    sentences.filter(Boolean).join(' '),
    required.length > 0
      ? `Required: ${required.join(', ')}.`
      : 'Required: nothing, because Gallabox does not document this payload. **Any object is accepted under this name**, including the payload of another event. See [event name spoofing](../concepts/event-name-spoofing.md).',
    variants.length > 0 && `Variants of the sample: ${variants.map(([name]) => `\`${name}\``).join(', ')}. The first:`,
    sample !== undefined && `\`\`\`json\n${JSON.stringify(sample, null, 2)}\n\`\`\``,
  ]
    .filter(Boolean)
    .join('\n\n')
}

function listRequired(shape: object, path = ''): readonly string[] {
  return Object.entries(shape).flatMap(([member, check]) => {
    if (check === 'absent') return []
    const members = typeof check === 'string' ? [] : listRequired(check, `${path}${member}.`)
    return members.length > 0 ? members : [path + member]
  })
}

/** Creates the page docs/reference/events.md. */
export function createEventsPage(): string {
  const { webhooks } = JSON.parse(read('openapi.json')) as {
    webhooks: Readonly<Record<EventType, { readonly post: Operation }>>
  }
  return `${head}\n${eventTypes.map((type) => describeEvent(type, webhooks[type].post)).join('\n\n')}\n`
}
