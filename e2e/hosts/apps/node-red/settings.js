const { webhookMiddleware } = require('gallabox-webhooks/express')

const verify = webhookMiddleware({ secret: process.env.GALLABOX_WEBHOOK_SECRET })

module.exports = {
  uiPort: process.env.PORT,
  flowFile: 'flows.json',
  httpNodeMiddleware: verify,
}
