// OpenTelemetry metrics of deliveries: their number by outcome, their duration and their size. And a span per handler.
// Set up an exporter as for the rest of your service.
import { metrics, SpanStatusCode, trace } from '@opentelemetry/api'

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

/**
 * Wraps a handler, so that it runs in a span. Spans of your database or HTTP client become its children.
 *
 * @param {import('gallabox-webhooks').Handler<import('gallabox-webhooks').GallaboxEvent>} handler
 */
export function traceHandler(handler, tracer = trace.getTracer('gallabox-webhooks')) {
  /** @type {typeof handler} */
  return function runInSpan(event, context) {
    return tracer.startActiveSpan(`gallabox ${event.type}`, async (span) => {
      try {
        return await handler(event, context)
      } catch (error) {
        // Not the error itself: its message may contain what the customer wrote.
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    })
  }
}
