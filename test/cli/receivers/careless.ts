// Receivers that fail on slow, broken or flooding clients, or disclose too much.
import { createManualReceiver, handleCarefully, readAll, readBounded, respond } from './by-hand.js'
import type { FaultyReceiver } from './faulty.js'

let queue = Promise.resolve()

export const carelessReceivers: readonly FaultyReceiver[] = [
  {
    title: 'serves one client after the other',
    listener: (req, res) => {
      queue = queue.then(
        () =>
          new Promise((next) => {
            if (res.closed || req.destroyed) return next()
            res.on('close', next)
            createManualReceiver()(req, res)
          }),
      )
    },
    fails: ['slow-client'],
    explanation: /blocks all others/,
    timeoutMs: 1000,
  },
  {
    title: 'stops when a client hangs up',
    listener: (() => {
      let hasStopped = false
      return createManualReceiver({
        async read(req, res) {
          if (hasStopped) {
            req.socket.destroy()
            return undefined
          }
          req.on('error', () => {
            hasStopped = true
          })
          return readBounded(req, res)
        },
      })
    })(),
    fails: ['hang-up'],
    explanation: /stopped working after that/,
  },
  {
    title: 'stops on unusual JSON',
    listener: (() => {
      let hasStopped = false
      return createManualReceiver({
        handle(context) {
          hasStopped ||= context.body.toString() === 'null'
          if (hasStopped) context.res.destroy()
          else handleCarefully(context)
        },
      })
    })(),
    fails: ['non-object-json'],
    explanation: /stopped working after that/,
  },
  {
    title: 'stores every body, and never responds to a large one',
    listener: createManualReceiver({
      async read(req) {
        const body = await readAll(req)
        return body.byteLength > 4 * 1024 * 1024 ? undefined : body
      },
    }),
    fails: ['flood'],
    explanation: /can keep it busy/,
    timeoutMs: 1000,
  },
  {
    title: 'fails on a large body',
    listener: createManualReceiver({
      async read(req, res) {
        const body = await readAll(req)
        if (body.byteLength < 4 * 1024 * 1024) return body
        respond(res, 500)
        return undefined
      },
    }),
    fails: ['flood'],
    explanation: /make it fail with a large body/,
  },
  {
    title: 'sends the body back',
    listener: createManualReceiver({ handle: ({ body, res }) => respond(res, 200, body.toString()) }),
    fails: ['echo'],
    explanation: /Messages of customers/,
  },
  {
    title: 'shows a stack trace',
    listener: createManualReceiver({
      handle: ({ body }) => void JSON.parse(body.toString()),
      fail: ({ res }, error) => respond(res, 400, error.stack),
    }),
    fails: ['stack-trace'],
    explanation: /file paths/,
  },
]
