import express from 'express'
import { webhookHandler } from 'gallabox-webhooks/express'

// Without listen(), so that a test can pass its own secret and handler, and needs no port.
export function createApp({ secret, onMessage }) {
  const app = express()
  app.post('/webhooks/gallabox', webhookHandler({ secret, on: { 'Message.Received': onMessage } }))
  app.use(express.json())
  return app
}
