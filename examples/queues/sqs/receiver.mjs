// Receives webhooks and queues each event before it responds. A 200 means that the event is in SQS.
// Start it beside worker.mjs, with GALLABOX_WEBHOOK_SECRET set.
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { createReceiver, entityIds } from 'gallabox-webhooks'
import { serve } from '../serve.mjs'
import { queueUrl, sqs, toMessageBody } from './settings.mjs'

const receiver = createReceiver({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent: async (event, context) => {
    const name = event.type === 'unrecognized' ? event.name : event.type
    const key = await context.key()
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: toMessageBody({ name, payload: event.data }),
        // SQS ignores an id that it has got in the last five minutes.
        MessageDeduplicationId: key,
        MessageGroupId: entityIds(event).conversationId ?? key,
      }),
    )
  },
})

serve(receiver, async () => sqs.destroy())
