// OpenTelemetry metrics of deliveries: their number by outcome, their duration and their size.
// Set up an exporter as for the rest of your service.
import { metrics } from '@opentelemetry/api'

/** Returns a function for `onOutcome`. */
export function measureOutcomes(meter = metrics.getMeter('gallabox-webhooks')) {
  const deliveries = meter.createCounter('gallabox.deliveries', { description: 'Deliveries by outcome' })
  const duration = meter.createHistogram('gallabox.delivery.duration', { unit: 'ms' })
  const size = meter.createHistogram('gallabox.delivery.size', { unit: 'By' })

  /** @param {import('gallabox-webhooks').OutcomeRecord} record */
  return function onOutcome({ code, status, type, secretId, late, ms, bytes }) {
    // Low cardinality only: the event's name as sent is not an attribute, because an attacker can choose it.
    const attributes = { code, status, type: type ?? 'none', secret: secretId ?? 'none', late: late ?? false }
    deliveries.add(1, attributes)
    duration.record(ms, attributes)
    if (bytes !== undefined) size.record(bytes, attributes)
  }
}
