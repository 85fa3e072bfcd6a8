// The pages of events contain every event and every sample.
import { eventTypes } from 'gallabox-webhooks'
import { sampledEventTypes, samplePayload, sampleVariants } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'
import { familyOf } from '../../tools/docs/families.js'
import { listFences, read } from '../../tools/docs/pages.js'

const index = read('docs/reference/events/index.md')

function readSection(type: (typeof eventTypes)[number]): string {
  const page = read(`docs/reference/events/${familyOf(type).toLowerCase()}.md`)
  return page.split(`\n## ${type}\n`)[1]?.split('\n## ')[0] ?? ''
}

test('the index lists all events in order', () => {
  const rows = [...index.matchAll(/^\| \[`([^`]+)`\]/gm)].map(([, type]) => type)
  expect(rows).toEqual(eventTypes)
})

describe.each(eventTypes)('%s', (type) => {
  const section = readSection(type)

  test('has a section', () => {
    expect(section).toMatch(/^\n[A-Z].+\.\n/)
  })

  test('has each sample, in order', () => {
    const blocks = listFences(section).filter(({ language }) => language === 'json')
    const sampled = sampledEventTypes.find((each) => each === type)
    const samples = sampled ? sampleVariants(sampled).map((variant) => samplePayload(sampled, variant)) : []
    expect(blocks.map(({ code }) => JSON.parse(code))).toEqual(samples)
  })
})
