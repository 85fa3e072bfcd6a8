// Derived from the event interfaces, their descriptors, the samples and the outcome codes.
import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'
import { eventDescriptors } from '../../src/events/descriptors.js'
import type { EventType } from '../../src/events/event-map.js'
import { eventTypes } from '../../src/events/names.js'
import { messageOf, type OutcomeCode, outcomes } from '../../src/receiver/outcome.js'
import {
  type SampledEventType,
  sampledEventTypes,
  samplePayload,
  sampleVariants,
} from '../../src/testing/samples/index.js'
import { families, familyOf } from './families.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json }
interface Schema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly $ref?: string
}

const outcomeCodes = Object.keys(outcomes) as OutcomeCode[]
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Creates the document that is published as `gallabox-webhooks/openapi.json`. */
export function createOpenApiDocument(): Readonly<Record<string, unknown>> {
  const { EventMap, ...definitions } = readInterfaces()
  const schemaOf = (type: EventType) => nameIn(EventMap?.properties?.[type]?.$ref)
  const meaningOf = (type: EventType) => EventMap?.properties?.[type]?.description ?? ''
  const isOpenString = (name: string) => name.startsWith('OpenString<')
  const schemas = Object.entries(definitions).filter(([name]) => !isOpenString(name))

  for (const type of eventTypes) forbidMembers(definitions[schemaOf(type)] as Schema, type)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gallabox webhooks',
      // When the types were last compared with what Gallabox sends.
      version: '2026-09',
      summary: 'The requests that Gallabox sends to a webhook, and the responses of gallabox-webhooks.',
      description:
        'The body is the payload itself, without an envelope. The header `x-event-name` carries the event name. ' +
        'The signature does not cover it. Every object is open: Gallabox adds members without notice. ' +
        'Gallabox does not publish this document.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    tags: Object.entries(families).map(([name, description]) => ({ name, description })),
    security: [{ signature: [] }],
    webhooks: Object.fromEntries(
      eventTypes.map((type) => [type, { post: describeEvent(type, meaningOf(type), schemaOf(type)) }]),
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
            "Padded base64 (44 characters) of the raw body's HMAC-SHA256, with the webhook's secret as the key. " +
            'Absent if no secret is set in Gallabox.',
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

// The schema generator drops members of the type `never`. Only the shape has them.
function forbidMembers({ properties }: Schema, type: EventType): void {
  for (const [member, check] of Object.entries(eventDescriptors[type].shape)) {
    if (check !== 'absent') continue
    Object.assign(properties as object, {
      [member]: { type: 'null', description: 'Must be absent. Only other events have it.' },
    })
  }
}

function describeEvent(type: EventType, meaning: string, schema: string) {
  const family = familyOf(type)
  return {
    operationId: type,
    tags: [family],
    summary: meaning.replace(/\.$/, ''),
    parameters: [
      {
        name: 'x-event-name',
        in: 'header',
        required: true,
        description: 'Case-insensitive. Not covered by the signature.',
        schema: { type: 'string', const: type },
      },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${schema}` },
          ...describeSamples(type),
        },
      },
    },
    responses: Object.fromEntries(statuses().map((status) => [status, { $ref: `#/components/responses/${status}` }])),
  }
}

function describeSamples(type: EventType) {
  if (!isSampled(type)) return {}
  const variants = sampleVariants(type)
  if (variants.length === 1) return { example: samplePayload(type) }
  return { examples: Object.fromEntries(variants.map((name) => [name, { value: samplePayload(type, name) }])) }
}

function describeResponses() {
  return Object.fromEntries(
    statuses().map((status) => {
      const codes = outcomeCodes.filter((code) => String(outcomes[code].status) === status)
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
  return [...new Set(Object.values(outcomes).map(({ status }) => String(status)))].sort()
}

/** Converts references and open strings from the schema generator's form to that of the document. */
function convert(value: Json): Json {
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  const { $ref, ...rest } = value as Record<string, Json>
  const members = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, convert(member)]))
  if (typeof $ref !== 'string') return members
  const name = nameIn($ref)
  // The generator keeps the values of an open string only in its name.
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

function isSampled(type: EventType): type is SampledEventType {
  return (sampledEventTypes as readonly string[]).includes(type)
}
