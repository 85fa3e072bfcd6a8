// Reports failures to Sentry, and metrics and spans to OpenTelemetry.
import { createServer } from 'node:http'
import * as Sentry from '@sentry/node'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'
import { measureOutcomes, traceHandler } from '../observability/opentelemetry.mjs'
import { captureOutcome } from '../observability/sentry.mjs'

Sentry.init({
  dsn: process.env.SENTRY_DSN ?? '',
  // By default, Sentry sends the body and the headers of the request that failed: the customer's message and phone
  // number, and a valid signature.
  dataCollection: { httpBodies: [], httpHeaders: false, urlQueryParams: false, stackFrameVariables: false },
})

const measureOutcome = measureOutcomes()

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: traceHandler((event) => {
    const text = event.type === 'Message.Received' ? messageText(event) : ''
    console.log(event.type, text)
    if (text === undefined) throw new Error('This example handles text messages only.')
  }),
  onOutcome(outcome) {
    measureOutcome(outcome)
    captureOutcome(outcome)
  },
})

createServer(receive).listen(process.env.PORT ?? 3000)
