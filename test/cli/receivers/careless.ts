// Receivers that verify well, and fail at clients that are slow or broken, at floods, or talk too much.
import { byHand, handleCarefully, readAll, readBounded, reply } from './by-hand.js'
import type { WrongReceiver } from './wrong.js'

let queue = Promise.resolve()

/** Receivers that fail at some clients, or tell them too much. */
export const careless: readonly WrongReceiver[] = [
  {
    title: 'serves one client after the other',
    listener: (req, res) => {
      queue = queue.then(
        () =>
          new Promise((next) => {
            if (res.closed || req.destroyed) return next()
            res.on('close', next)
            byHand()(req, res)
          }),
      )
    },
    fails: ['slow-client'],
    says: /keeps all others waiting/,
    timeoutMs: 1000,
  },
  {
    title: 'stops when a client hangs up',
    listener: (() => {
      let hasStopped = false
      return byHand({
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
    says: /no longer works after that/,
  },
  {
    title: 'is stopped by what is odd',
    listener: (() => {
      let hasStopped = false
      return byHand({
        handle(visit) {
          hasStopped ||= visit.body.toString() === 'null'
          if (hasStopped) visit.res.destroy()
          else handleCarefully(visit)
        },
      })
    })(),
    fails: ['odd-json'],
    says: /no longer works after that/,
  },
  {
    title: 'keeps whatever comes, and never answers to what is too large',
    listener: byHand({
      async read(req) {
        const body = await readAll(req)
        return body.byteLength > 4 * 1024 * 1024 ? undefined : body
      },
    }),
    fails: ['flood'],
    says: /keeps it busy/,
    timeoutMs: 1000,
  },
  {
    title: 'fails at what is too large',
    listener: byHand({
      async read(req, res) {
        const body = await readAll(req)
        if (body.byteLength < 4 * 1024 * 1024) return body
        reply(res, 500)
        return undefined
      },
    }),
    fails: ['flood'],
    says: /A large body of a stranger makes it fail/,
  },
  {
    title: 'sends the body back',
    listener: byHand({ handle: ({ body, res }) => reply(res, 200, body.toString()) }),
    fails: ['echo'],
    says: /What customers write/,
  },
  {
    title: 'shows a stack trace',
    listener: byHand({
      handle: ({ body }) => void JSON.parse(body.toString()),
      fail: ({ res }, error) => reply(res, 400, error.stack),
    }),
    fails: ['stack-trace'],
    says: /where its files are/,
  },
]
