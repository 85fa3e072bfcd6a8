// Handles queued events in a separate process. When a worker dies, another one runs its jobs.
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { parseEvent } from 'gallabox-webhooks'
import { stopOnSigterm, storeOnce } from '../events-table.mjs'
import { concurrency, queueUrl, receiveOptions, sqs } from './settings.mjs'

async function handleNext() {
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand(receiveOptions))
  if (!message) return
  const { name, payload } = JSON.parse(`${message.Body}`)
  await storeOnce(`${message.Attributes?.MessageDeduplicationId}`, parseEvent(name, payload))
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }))
}

let isStopping = false
const loops = Array.from({ length: concurrency }, async () => {
  while (!isStopping) await handleNext().catch((error) => console.error(error))
})
stopOnSigterm(async () => {
  isStopping = true
  await Promise.all(loops)
})
