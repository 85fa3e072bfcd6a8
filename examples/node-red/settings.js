const { messageText } = require('gallabox-webhooks')
const { webhookMiddleware } = require('gallabox-webhooks/express')

const verify = webhookMiddleware({ secret: process.env.GALLABOX_WEBHOOK_SECRET })

module.exports = {
  uiPort: process.env.PORT || 1880,
  flowFile: 'flows.json',
  // Add these two to your settings. Node-RED calls httpNodeMiddleware before each "http in" node.
  httpNodeMiddleware: (req, res, next) => (req.path === '/webhooks/gallabox' ? verify(req, res, next) : next()),
  functionGlobalContext: { messageText },
}
