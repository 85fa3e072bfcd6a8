// Invokes a worker with an event of SQS: node queue.mjs <module>. Prints the ids of the messages that failed.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'

const secret = process.env.GALLABOX_WEBHOOK_SECRET
const { handler } = await import(pathToFileURL(resolve(process.argv[2])))

/** A message as API Gateway puts it into the queue. SQS has no empty attributes. */
function createMessage(messageId, { headers, body }) {
  const attributes = { signature: headers['x-gallabox-signature'], eventName: headers['x-event-name'] }
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return {
    messageId,
    body,
    messageAttributes: Object.fromEntries(
      present.map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]),
    ),
    eventSource: 'aws:sqs',
    awsRegion: 'ap-south-1',
  }
}

const type = 'Message.Received'
const valid = signDelivery(type, samplePayload(type), { secret })
const { batchItemFailures } = await handler({
  Records: [
    createMessage('valid', valid),
    createMessage('tampered', { ...valid, body: valid.body.replace('{', '{ ') }),
    createMessage('unsigned', signDelivery(type, samplePayload(type), { secret: null })),
  ],
})
console.log('failed', batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).join())
