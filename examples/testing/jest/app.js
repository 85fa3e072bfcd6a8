const express = require('express')
const { webhookHandler } = require('gallabox-webhooks/express')

// Without listen(), so that a test can pass its own secret and handler, and needs no port.
function createApp({ secret, onMessage }) {
  const app = express()
  app.post('/webhooks/gallabox', webhookHandler({ secret, on: { 'Message.Received': onMessage } }))
  app.use(express.json())
  return app
}

module.exports = { createApp }
