import { createServer } from 'node:http'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.received': ({ type, data }) => console.log(type, 'from', data.contact?.name),
    'Message.WA.status.failed': ({ type, data }) => console.log(type, data.id),
  },
  // There is no framework to report a handler's error. Log it here.
  onOutcome({ code, message, error }) {
    if (error) console.error(code, message, error)
  },
})

const server = createServer((req, res) => {
  if (req.url === '/webhooks/gallabox') return receive(req, res)
  res.writeHead(404).end()
})

server.listen(process.env.PORT ?? 3000)
