// The page docs/events.md: every event with its names, its meaning and a sample body, from the sources.
// It must not state anything that one of these states.
import type { EventType } from '../../src/events/event-map.js'
import { canonicalEventName, eventTypes } from '../../src/events/names.js'
import { shapes } from '../../src/events/shape.js'
import { read } from './pages.js'

interface Operation {
  readonly summary: string
  readonly requestBody: { readonly content: { readonly 'application/json': { readonly example?: unknown } } }
}

const head = `# Every event

The body is the bare object, and the event's name comes in the header \`x-event-name\`. In \`on\` both spellings are good, that of the wire and that of Gallabox's help page, and case does not matter on the wire.

The members that are listed as required are checked at run time; a body without one of them is an \`unrecognized\` event. All others are optional in the types, and every object is open: Gallabox adds members without notice. The bodies are what \`samplePayload\` of \`gallabox-webhooks/testing\` gives. [openapi.json](../openapi.json) has the whole of it for other languages.

An account may have events of its own; they come as \`unrecognized\`, with their \`name\`.
`

const helpPageNames = [...read('README.md').matchAll(/^\| (\w+\.[\w.]+) +\| /gm)].map(([, name]) => name as string)

function sectionOf(type: EventType, { summary, requestBody }: Operation): string {
  const aliases = helpPageNames.filter((name) => canonicalEventName(name) === type && name !== type)
  const sample = requestBody.content['application/json'].example
  const required = listRequired(shapes[type])
  return [
    `## ${type}`,
    [
      sample === undefined ? 'What it means is not documented.' : `${summary}.`,
      ...aliases.map((alias) => `On the help page: \`${alias}\`.`),
    ].join(' '),
    required.length > 0 && `Required: ${required.map((path) => `\`${path}\``).join(', ')}.`,
    sample === undefined
      ? 'No body of it was published, so `data` is an open object.'
      : `\`\`\`json\n${JSON.stringify(sample, null, 2)}\n\`\`\``,
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

/** Makes the page. */
export function createEventsPage(): string {
  const { webhooks } = JSON.parse(read('openapi.json')) as {
    webhooks: Readonly<Record<EventType, { readonly post: Operation }>>
  }
  return `${head}\n${eventTypes.map((type) => sectionOf(type, webhooks[type].post)).join('\n\n')}\n`
}
