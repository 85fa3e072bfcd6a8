import Fastify from 'fastify'
import { webhookPlugin } from 'gallabox-webhooks/fastify'

// Without listen(), so that a test can pass its own secret and handler, and needs no port.
export async function createApp({ secret, onMessage }) {
  const app = Fastify()
  await app.register(webhookPlugin, { url: '/webhooks/gallabox', secret, on: { 'Message.Received': onMessage } })
  return app
}
