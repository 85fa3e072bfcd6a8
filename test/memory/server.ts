// A receiver that reports how far its memory grew. memory.test.ts bundles and starts it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookHandler } from 'gallabox-webhooks/node'

const codes: string[] = []
const server = createServer(
  webhookHandler({
    secret: 'whsec_memory',
    onEvent: () => {},
    onOutcome: ({ code }) => codes.push(code),
    bodyTimeoutMs: 120_000,
  }),
)

let base = 0
let peak = 0
const rss = () => process.memoryUsage.rss()
setInterval(() => {
  peak = Math.max(peak, rss())
}, 2).unref()

process.on('message', (message) => {
  if (message === 'reset') {
    ;(globalThis as { gc?: () => void }).gc?.()
    codes.length = 0
    base = rss()
    peak = base
  }
  process.send?.({ grownBytes: Math.max(peak, rss()) - base, codes })
})

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
