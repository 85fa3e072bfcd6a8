// The OpenAPI document of the webhooks, made from the sources: interfaces, shape checks, samples, outcomes.
// It must not state anything that one of these states.
import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'
import type { EventType } from '../../src/events/event-map.js'
import { eventTypes } from '../../src/events/names.js'
import { shapes } from '../../src/events/shape.js'
import { messageOf, type OutcomeCode, outcomes } from '../../src/receiver/outcome.js'
import { type SampledEventType, sampledEventTypes, samplePayload } from '../../src/testing/samples/index.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }
interface Schema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly $ref?: string
}

const outcomeCodes = Object.keys(outcomes) as OutcomeCode[]
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Makes the document that is published as `gallabox-webhooks/openapi.json`. */
export function createOpenApiDocument(): Readonly<Record<string, unknown>> {
  const { EventMap, ...definitions } = readInterfaces()
  const schemaOf = (type: EventType) => nameIn(EventMap?.properties?.[type]?.$ref)
  const isOpenString = (name: string) => name.startsWith('OpenString<')
  const schemas = Object.entries(definitions).filter(([name]) => !isOpenString(name))

  for (const type of eventTypes) forbidAbsent(definitions[schemaOf(type)] as Schema, type)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gallabox webhooks',
      // When the facts were last compared with what Gallabox sends.
      version: '2026-09',
      summary: 'What Gallabox sends to the Request URL of a webhook, and what gallabox-webhooks answers.',
      description:
        'The body is the bare object, without an envelope. The name of the event travels in the header `x-event-name`, ' +
        'which the signature does not cover. Every object is open: Gallabox adds members without notice. ' +
        'This document is not published by Gallabox.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    tags: [...new Set(eventTypes.map(familyOf))].map((name) => ({ name })),
    security: [{ signature: [] }],
    webhooks: Object.fromEntries(
      eventTypes.map((type) => [type, { post: describeEvent(type, schemaOf(type), definitions) }]),
    ),
    components: {
      schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, convert(schema as Json)])),
      responses: describeResponses(),
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'x-gallabox-signature',
          description:
            'Base64 (44 characters, padded) of the HMAC-SHA256 of the raw body under the secret of the webhook. ' +
            'Absent where no secret is set in Gallabox.',
        },
      },
    },
  }
}

function readInterfaces(): Record<string, Schema> {
  const generator = createGenerator({
    path: `${root}src/events/event-map.ts`,
    tsconfig: `${root}tsconfig.json`,
    type: 'EventMap',
    jsDoc: 'extended',
    additionalProperties: true,
    sortProps: false,
    skipTypeCheck: true,
  })
  return generator.createSchema('EventMap').definitions as Record<string, Schema>
}

/** A member that is typed `never` leaves no trace in a schema; the table of checks still has it. */
function forbidAbsent({ properties }: Schema, type: EventType): void {
  for (const [member, check] of Object.entries(shapes[type])) {
    if (check !== 'absent') continue
    Object.assign(properties as object, {
      [member]: { type: 'null', description: "Only other events' bodies have it." },
    })
  }
}

function describeEvent(type: EventType, schema: string, definitions: Record<string, Schema>) {
  const family = familyOf(type)
  return {
    operationId: type,
    tags: [family],
    summary: summaryOf(definitions[schema]?.description ?? ''),
    parameters: [
      {
        name: 'x-event-name',
        in: 'header',
        required: true,
        description: 'Compared without regard to case. Not covered by the signature.',
        schema: { type: 'string', const: type },
      },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${schema}` },
          ...(isSampled(type) ? { example: samplePayload(type) } : {}),
        },
      },
    },
    responses: Object.fromEntries(statuses().map((status) => [status, { $ref: `#/components/responses/${status}` }])),
  }
}

function describeResponses() {
  return Object.fromEntries(
    statuses().map((status) => {
      const codes = outcomeCodes.filter((code) => String(outcomes[code]) === status)
      return [
        status,
        {
          description: codes.map((code) => `- \`${code}\`${messageOf(code).slice(code.length)}`).join('\n'),
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { ok: { type: 'boolean', const: status === '200' } },
                required: ['ok'],
              },
            },
          },
        },
      ]
    }),
  )
}

function statuses(): string[] {
  return [...new Set(Object.values(outcomes).map(String))].sort()
}

/** From the dialect of the generator to that of the document: where references point, and what an open string is. */
function convert(value: Json): Json {
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  const { $ref, ...rest } = value as Record<string, Json>
  const members = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, convert(member)]))
  if (typeof $ref !== 'string') return members
  const name = nameIn($ref)
  // The generator keeps the values of an open string in its name alone.
  const values = name.startsWith('OpenString<')
    ? [...name.matchAll(/"([^"]*)"/g)].map(([, text]) => text as string)
    : []
  return values.length > 0
    ? { type: 'string', examples: values, ...members }
    : { $ref: `#/components/schemas/${name}`, ...members }
}

function nameIn(ref: string | undefined): string {
  return decodeURIComponent(String(ref).replace('#/definitions/', ''))
}

// "Body of Contact.Created: a contact was made." is the first sentence of an interface's documentation.
function summaryOf(description: string): string {
  const [, text = ''] = /^Body of \S+[:.] (.*?)(?:\.(?:\s|$)|$)/s.exec(description) ?? []
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function familyOf(type: EventType): string {
  return type.split('.')[0] as string
}

function isSampled(type: EventType): type is SampledEventType {
  return (sampledEventTypes as readonly string[]).includes(type)
}
