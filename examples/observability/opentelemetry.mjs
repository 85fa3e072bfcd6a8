// Metrics of deliveries, with OpenTelemetry: how many ended how, and how long they took.
// Set up an exporter as for the rest of your service; this only records.
import { metrics } from '@opentelemetry/api'

/** Makes what goes into `onOutcome`. */
export function measureOutcomes(meter = metrics.getMeter('gallabox-webhooks')) {
  const deliveries = meter.createCounter('gallabox.deliveries', { description: 'Deliveries, by how they ended' })
  const duration = meter.createHistogram('gallabox.delivery.duration', { unit: 'ms' })
  const size = meter.createHistogram('gallabox.delivery.size', { unit: 'By' })

  /** @param {import('gallabox-webhooks').OutcomeRecord} record */
  return function onOutcome({ code, status, type, secretId, late, ms, bytes }) {
    // Few values each: a name that a stranger may choose is none of them.
    const attributes = { code, status, type: type ?? 'none', secret: secretId ?? 'none', late: late ?? false }
    deliveries.add(1, attributes)
    duration.record(ms, attributes)
    if (bytes !== undefined) size.record(bytes, attributes)
  }
}
