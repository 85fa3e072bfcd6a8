import { createServer } from 'node:http'
import { messageText } from 'gallabox-webhooks'
import { webhookHandler } from 'gallabox-webhooks/node'

const receive = webhookHandler({
  secret: process.env.GALLABOX_WEBHOOK_SECRET,
  on: {
    'Message.Received': (event) => console.log(event.type, messageText(event)),
    'Message.WA.Status.Failed': ({ type, data }) => console.log(type, data.id),
  },
})

const server = createServer((req, res) => {
  // The Request URL in Gallabox can have a query string.
  if (req.url?.split('?')[0] === '/webhooks/gallabox') return receive(req, res)
  res.writeHead(404).end()
})

server.listen(process.env.PORT ?? 3000)
