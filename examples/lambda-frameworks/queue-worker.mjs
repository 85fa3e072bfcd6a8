// Triggered by a queue that API Gateway fills with unverified requests. The message attributes hold the two headers.
import { messageText, verifyDelivery } from 'gallabox-webhooks'

/** Resolves to the messages that failed, so that SQS delivers them again. */
export async function handler({ Records }) {
  const batchItemFailures = []
  for (const { messageId, body, messageAttributes } of Records) {
    try {
      await handleMessage(body, messageAttributes)
    } catch (error) {
      console.error(messageId, error)
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}

async function handleMessage(rawBody, { signature, eventName }) {
  const headers = { 'x-gallabox-signature': signature?.stringValue, 'x-event-name': eventName?.stringValue }
  const result = await verifyDelivery({ headers, rawBody }, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
  if (result.ok) await handleEvent(result.event)
  // Such as a secret that could not be read. Another attempt can succeed.
  else if (result.status >= 500) throw new Error(result.message)
  // A forgery stays one. Returning deletes the message.
  else console.warn('rejected', result.code)
}

async function handleEvent(event) {
  // Your work.
  console.log(event.type, event.type === 'Message.Received' ? messageText(event) : '')
}
