import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'

export const secret = 'the secret of the queues'
export const count = 200
export const conversations = 10

/** Sends a message twice at once, as Gallabox can when a response is lost. Returns both statuses. */
export async function sendTwice(url: string, id: string, conversationId: string): Promise<number[]> {
  const payload = { ...samplePayload('Message.Received'), id, conversationId }
  const { method, headers, body } = signDelivery('Message.Received', payload, { secret })
  const duplicates = [1, 2].map(() => fetch(url, { method, headers, body }))
  return (await Promise.all(duplicates)).map(({ status }) => status)
}

/** Sends 200 messages of ten conversations. */
export async function sendAll(url: string): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) {
    statuses.push(...(await sendTwice(url, `message-${i}`, `conversation-${i % conversations}`)))
  }
  return statuses
}
