// Creates docs/reference/events/index.md: all events in one table, and the rules that hold for all of them.
import { type EventDescriptor, eventDescriptors } from '../../src/events/descriptors.js'
import type { EventType } from '../../src/events/event-map.js'
import { eventTypes } from '../../src/events/names.js'
import { families, familyNames, familyOf } from './families.js'
import { createTable, toAnchor } from './markdown.js'
import { read } from './pages.js'

const head = `# Events

Every delivery carries one event: its name in the header \`x-event-name\`, and its payload as the body. Your handler gets it as \`event.type\` and \`event.data\`.

\`\`\`ts
import { createReceiver, messageText } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Contact.Created': (event) => console.log(event.type, event.data.name),
    default: (event) => console.log(event.type),
  },
})
\`\`\`

A handler in \`on\` is called for one event, and \`on.default\` for all others. To handle every event in one function, pass \`onEvent\` instead.
`

const tableIntroduction = `## All events

These are the 26 events that are known. Each name links to the required members and the samples. An event can repeat if two equal deliveries can be two events. \`idempotency\` does not deduplicate such events.
`

const rules = `## Names

Most events have two names:

- The **wire name** is the value of the header \`x-event-name\`, such as \`Message.Received\`. \`event.type\` is always the wire name.
- The **help-page name** is the one on Gallabox's help page, such as \`Message.received\`.

\`on\`, \`isEvent\`, the \`events\` of a secret and the functions of \`gallabox-webhooks/testing\` accept both, in any letter case. Prefer wire names: your log shows them too. Two handlers for one event, or a name that does not exist, are a TypeError at start.

The signature covers the body, not the name. See [Event name spoofing](../../concepts/event-name-spoofing.md).

## Payloads

- The body is the payload itself, without an envelope.
- **Required members** are checked at run time. A payload without one of them is an \`unrecognized\` event.
- **All other members** can be missing or null, and the types say so.
- **Every object is open.** Gallabox adds members without notice, and new values of a status or type.

The types list only known members, so that a misspelled one does not compile. \`readMember\` reads a member that Gallabox added later:

\`\`\`ts
import { type EventOf, readMember } from 'gallabox-webhooks'

export function countryOf({ data }: EventOf<'Message.Received'>): string | undefined {
  const country = readMember(data, 'whatsapp', 'profile', 'country')
  return typeof country === 'string' ? country : undefined
}
\`\`\`

\`samplePayload\` of \`gallabox-webhooks/testing\` returns the samples of these pages. For other languages, \`gallabox-webhooks/openapi.json\` describes all events in OpenAPI 3.1.

## Unrecognized events

A verified event is \`unrecognized\` for one of these reasons:

| \`reason\` | Meaning |
| --- | --- |
| \`no-name\` | The header \`x-event-name\` is missing or blank, or was sent with different values. |
| \`unknown-name\` | The name is not in the table above. An account can have events of its own. |
| \`unexpected-shape\` | The payload lacks a required member of its event, or has a member of another event. \`issues\` lists where. |

\`onEvent\` and \`on.default\` get these events:

\`\`\`ts
import { createReceiver } from 'gallabox-webhooks'

createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    default: (event) => {
      if (event.type === 'unrecognized') console.warn(event.type, event.name, event.reason, event.issues)
    },
  },
})
\`\`\`

Without either, an unknown name gets 200 \`ignored\`. If the event can be one that \`on\` handles, the response is 500 [\`unhandled\`](../../troubleshooting/outcomes.md#unhandled), so that Gallabox retries.

## Helpers

Payloads have the same fact in different places. The helpers find it:

| Helper | Returns |
| --- | --- |
| \`messageText(event)\` | what the customer typed or selected, or a caption |
| \`messageContent(event)\` | the content as a union: \`kind\` is \`text\`, \`button\`, \`list\`, \`image\`, \`order\`, \`flow\` and others |
| \`flowAnswers(event)\` | the answers to a WhatsApp Flow |
| \`orderTotal(event)\` | the total of a cart, in minor units such as paise |
| \`isInbound(event)\` | true if the customer sent the message, false if the account did |
| \`customerPhone(event)\` | the customer's phone number, with "+" |
| \`occurredAt(event)\` | the time of the event as a \`Date\` |
| \`entityIds(event)\` | the ids of account, channel, conversation, contact and message |
| \`isNewerStatus(next, current)\` | true if a message's status supersedes the stored one |
| \`readMember(data, …path)\` | a member that the types do not list |

A helper returns \`undefined\` if the payload does not have the fact. \`entityIds\` returns an object without that member.

\`\`\`ts
import { customerPhone, entityIds, type EventOf, isInbound, messageContent, messageText, occurredAt, orderTotal } from 'gallabox-webhooks'

export function log(event: EventOf<'Message.Received'>): void {
  if (!isInbound(event)) return
  console.log(event.type, messageText(event), messageContent(event).kind)
  console.log(customerPhone(event), occurredAt(event)?.toISOString())
  console.log(entityIds(event).conversationId, orderTotal(event)?.minorUnits)
}
\`\`\`

\`isNewerStatus\` keeps a late \`sent\` from replacing \`read\`:

\`\`\`ts
import { createReceiver, isNewerStatus } from 'gallabox-webhooks'

const statuses = new Map<string, string>()
createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.WA.Status.Received': ({ type, data }) => {
      if (isNewerStatus(data.status, statuses.get(data.id))) statuses.set(data.id, data.status)
      console.log(type, data.id, statuses.get(data.id))
    },
  },
})
\`\`\`
`

/** Creates the page. */
export function createEventsIndex(): string {
  const { webhooks } = JSON.parse(read('openapi.json')) as {
    webhooks: Readonly<Record<EventType, { readonly post: { readonly summary: string } }>>
  }
  const rows = eventTypes.map((type) => {
    const { helpPageName, canRepeat, shape }: EventDescriptor = eventDescriptors[type]
    const isDocumented = Object.keys(shape).length > 0
    return [
      `[\`${type}\`](${pageOf(familyOf(type))}#${toAnchor(type)})`,
      helpPageName ? `\`${helpPageName}\`` : '–',
      isDocumented ? `${webhooks[type].post.summary}.` : 'Not documented by Gallabox.',
      canRepeat ? 'yes' : 'no',
      isDocumented ? 'typed' : 'any object',
    ]
  })
  const table = createTable(['Event', 'On the help page', 'Meaning', 'Can repeat', 'Payload'], rows)
  const pages = familyNames.map((family) => `- [${family}](${pageOf(family)}): ${families[family]}`).join('\n')
  return [head, tableIntroduction, `${table}\n`, `By family:\n\n${pages}\n`, rules].join('\n')
}

function pageOf(family: string): string {
  return `${family.toLowerCase()}.md`
}
