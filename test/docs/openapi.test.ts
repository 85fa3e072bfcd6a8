// openapi.json is up to date, valid, and accepts the payloads that the run-time check accepts.
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020.js'
import { type EventType, eventTypes } from 'gallabox-webhooks'
import { type SampledEventType, sampledEventTypes, samplePayload } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { eventDescriptors } from '../../src/events/descriptors.js'
import { findShapeIssues } from '../../src/events/shape.js'
import { createOpenApiDocument } from '../../tools/docs/openapi.js'

interface Operation {
  readonly post: {
    readonly summary: string
    readonly tags: readonly string[]
    readonly requestBody: {
      readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } }
    }
  }
}
const document = createOpenApiDocument() as {
  readonly tags: readonly { readonly name: string }[]
  readonly webhooks: Readonly<Record<EventType, Operation>>
}

test('openapi.json equals the generated document (npm run generate writes it)', async () => {
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../openapi.json')
})

test('is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('describes all 26 events, each with its meaning', () => {
  expect(Object.keys(document.webhooks)).toEqual(eventTypes)
  const tags = document.tags.map(({ name }) => name)
  for (const { post } of Object.values(document.webhooks)) {
    expect(post.summary).toMatch(/^[A-Z].{10,}/)
    expect(tags).toEqual(expect.arrayContaining([...post.tags]))
  }
})

describe('schemas (JSON Schema 2020-12)', () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
  // References go through members of the document, which are not keywords.
  ajv.addVocabulary(Object.keys(document))
  ajv.addSchema(document, 'openapi')
  const validators = Object.fromEntries(
    eventTypes.map((type) => {
      const { $ref } = document.webhooks[type].post.requestBody.content['application/json'].schema
      return [type, ajv.compile({ $ref: `openapi${$ref}` })]
    }),
  )

  test.each(sampledEventTypes)(
    'accept the sample of %s under exactly the names that the run-time check accepts',
    (type) => {
      for (const name of eventTypes) {
        const body = samplePayload(type)
        expect([name, validators[name]?.(body)]).toEqual([
          name,
          findShapeIssues(eventDescriptors[name].shape, body).length === 0,
        ])
      }
    },
  )

  test('accept null for optional members, and unknown members', () => {
    for (const type of sampledEventTypes) {
      const body: Record<string, unknown> = { ...samplePayload(type as SampledEventType), brandNew: { deep: [1] } }
      for (const name of Object.keys(body)) {
        const without = { ...body, [name]: null }
        expect([type, name, validators[type]?.(without)]).toEqual([
          type,
          name,
          findShapeIssues(eventDescriptors[type].shape, without).length === 0,
        ])
      }
    }
  })

  test('reject a member of another type', () => {
    const body = { ...samplePayload('Message.Received'), channelNumber: 918045671234 }
    expect(validators['Message.Received']?.(body)).toBe(false)
  })
})
