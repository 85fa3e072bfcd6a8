// Runs the observability examples with signed deliveries.
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createReceiver, type OutcomeRecord } from 'gallabox-webhooks'
import pino from 'pino'
import { expect, test } from 'vitest'
import { measureOutcomes, traceHandler } from '../../examples/observability/opentelemetry.mjs'
import { logOutcomes } from '../../examples/observability/pino.mjs'
import { createTestReceiver, delivery, secret } from '../support/test-receiver.js'

async function deliverAll(onOutcome: (record: OutcomeRecord) => void): Promise<void> {
  let failures = 1
  const receiver = createReceiver({
    secret,
    onOutcome,
    onEvent: () => {
      if (failures-- > 0) throw new Error('it broke')
    },
  })
  for (const input of [delivery(), delivery(), delivery({ secret: 'forged' })]) await receiver.receive(input)
}

test('pino logs a line for each delivery at its level, without body, header or secret', async () => {
  const lines: string[] = []
  await deliverAll(logOutcomes(pino({ base: null }, { write: (line: string) => lines.push(line) })))
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 50, code: 'handler-failed', status: 500, type: 'Message.Received', err: { message: 'it broke' } },
    { level: 30, code: 'handled', status: 200, secretId: '1', bytes: expect.any(Number), ms: expect.any(Number) },
    { level: 40, code: 'signature-mismatch', status: 401 },
  ])
  const { headers, rawBody } = delivery() as { headers: Record<string, string>; rawBody: string }
  for (const hidden of [secret, rawBody, headers['x-gallabox-signature'] as string])
    expect(lines.join()).not.toContain(hidden)
})

test('OpenTelemetry counts deliveries by outcome code and measures them', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] })
  await deliverAll(measureOutcomes(provider.getMeter('test')))
  await provider.forceFlush()
  const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  await provider.shutdown()
  expect(found.map(({ descriptor }) => descriptor.name)).toEqual([
    'gallabox.deliveries',
    'gallabox.delivery.duration',
    'gallabox.delivery.size',
  ])
  expect(found[0]?.dataPoints.map(({ attributes, value }) => [attributes.code, attributes.type, value])).toEqual([
    ['handler-failed', 'Message.Received', 1],
    ['handled', 'Message.Received', 1],
    ['signature-mismatch', 'none', 1],
  ])
})

test('OpenTelemetry gets a span for each handler, without the message of its error', async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  let failures = 1
  const handler = traceHandler(() => {
    if (failures-- > 0) throw new Error('it broke')
  }, provider.getTracer('test'))
  const { receive, outcomes } = createTestReceiver({ onEvent: handler })
  await receive(delivery())
  await receive(delivery())
  await receive(delivery({ secret: 'forged' }))
  expect(outcomes.map(({ code }) => code)).toEqual(['handler-failed', 'handled', 'signature-mismatch'])
  expect(exporter.getFinishedSpans().map(({ name, status, events }) => ({ name, status, events }))).toEqual([
    { name: 'gallabox Message.Received', status: { code: 2 }, events: [] },
    { name: 'gallabox Message.Received', status: { code: 0 }, events: [] },
  ])
})
