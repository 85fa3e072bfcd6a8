// Verifies a delivery in Fastify, and sends a response of its own.
import Fastify from 'fastify'
import { messageText } from 'gallabox-webhooks'
import { verificationPlugin } from 'gallabox-webhooks/fastify'

const app = Fastify()
// In a scope of its own, because the plugin replaces the body parsers of its scope.
await app.register(async (scope) => {
  await scope.register(verificationPlugin, { secret: process.env.GALLABOX_WEBHOOK_SECRET })
  scope.post('/webhooks/gallabox', async (request) => {
    // Set by the plugin. An invalid delivery never gets here.
    const { event, context } = /** @type {import('gallabox-webhooks').VerifiedDelivery} */ (request.gallabox)
    console.log(event.type, event.type === 'Message.Received' ? messageText(event) : '')
    return { received: event.type, id: await context.key() }
  })
})
await app.listen({ port: Number(process.env.PORT ?? 3000) })
