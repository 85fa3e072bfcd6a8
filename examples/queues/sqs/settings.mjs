// Settings that the receiver and the worker share. The SDK reads AWS_REGION, AWS_ENDPOINT_URL_SQS and the credentials.
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'

const name = process.env.QUEUE ?? 'gallabox'
export const sqs = new SQSClient({})

/** How many events a worker handles at once, each of another conversation. */
export const concurrency = 10

/** After five deliveries, a failed job moves to this queue. */
const failedQueueUrl = await createFifoQueue(`${name}-failed`, { MessageRetentionPeriod: `${14 * 24 * 3600}` })
const { Attributes } = await sqs.send(
  new GetQueueAttributesCommand({ QueueUrl: failedQueueUrl, AttributeNames: ['QueueArn'] }),
)

/** A dead worker's jobs run again after five seconds. So a job must take less. */
export const queueUrl = await createFifoQueue(name, {
  VisibilityTimeout: '5',
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 5 }),
})

/**
 * One event at a time. In a batch, a failure would count as a delivery of the events behind it too.
 *
 * @type {import('@aws-sdk/client-sqs').ReceiveMessageCommandInput}
 */
export const receiveOptions = {
  QueueUrl: queueUrl,
  MaxNumberOfMessages: 1,
  WaitTimeSeconds: 5,
  MessageSystemAttributeNames: ['MessageDeduplicationId'],
}

/** Returns JSON in ASCII. SQS rejects U+FFFE and U+FFFF, which a customer can send. */
export function toMessageBody(/** @type {object} */ job) {
  const toEscape = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(job).replace(/[^\0-\x7f]/g, toEscape)
}

/** Creates a queue, unless it exists. Returns its URL. */
async function createFifoQueue(/** @type {string} */ queue, /** @type {Record<string, string>} */ attributes) {
  const command = new CreateQueueCommand({
    QueueName: `${queue}.fifo`,
    Attributes: { FifoQueue: 'true', ...attributes },
  })
  return (await sqs.send(command)).QueueUrl
}
