// Receivers that verify all but well, and fail at bodies that are odd, large or new.
import { byHand, digestOf, handleCarefully, isEqual, reply, type Visit } from './by-hand.js'
import type { WrongReceiver } from './wrong.js'

/** Hashes what becomes of the body on a way that spoils some. */
function hashing(change: (text: string, body: Buffer) => string) {
  return byHand({
    verify: ({ given, body }) => isEqual(given, digestOf(change(body.toString(), body)).toString('base64')),
  })
}

function parsed({ body }: Visit) {
  return JSON.parse(body.toString())
}

const seen = new Set<string>()
let isBroken = false

/** Receivers that fail at some bodies. */
export const fragile: readonly WrongReceiver[] = [
  {
    title: 'hashes JSON.stringify(req.body)',
    listener: byHand({
      verify({ given, body }) {
        try {
          return isEqual(given, digestOf(JSON.stringify(JSON.parse(body.toString()))).toString('base64'))
        } catch {
          return false
        }
      },
    }),
    fails: ['json-bytes'],
    says: /parses the body and writes it again/,
  },
  {
    title: 'refuses numbers that it cannot keep, after it has verified',
    listener: byHand({
      handle(visit) {
        if (/:\d{17}/.test(visit.body.toString())) reply(visit.res, 422)
        else handleCarefully(visit)
      },
    }),
    fails: ['json-bytes'],
    says: /^answered 422 to: a number of 20 digits\. It takes the signature, and then fails at what the body says/,
  },
  {
    title: 'reads the body as Latin-1',
    listener: hashing((_text, body) => body.toString('latin1')),
    fails: ['non-ascii'],
    says: /as Latin-1 or ASCII/,
  },
  {
    title: 'escapes what is not ASCII',
    listener: hashing((text) =>
      text.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
    fails: ['non-ascii'],
    says: /parses the body and writes it again/,
  },
  {
    title: 'looks for a header in one case alone',
    listener: byHand({
      verify: ({ req, body }) => {
        const at = req.rawHeaders.indexOf('x-gallabox-signature')
        return at >= 0 && isEqual(req.rawHeaders[at + 1], digestOf(body).toString('base64'))
      },
    }),
    fails: ['header-case'],
    says: /names of headers have no case/,
  },
  {
    title: 'wants a Content-Length',
    listener: (req, res) => (req.headers['content-length'] ? byHand()(req, res) : reply(res, 411)),
    fails: ['chunked'],
    says: /pieces of which nobody told the sum/,
  },
  {
    title: 'does not know every event',
    listener: byHand({
      handle: ({ req, res }) => {
        if (!/^(Message|Contact)\.[A-Z.a-z]+$/.test(req.headers['x-event-name'] as string)) reply(res, 404)
      },
    }),
    fails: ['every-event', 'unknown-event'],
    says: /^answered 404 to: Conversation\.Create, /,
  },
  {
    title: 'does not know tomorrow’s events',
    listener: byHand({
      handle: ({ req, res }) => {
        if (/Tomorrow|Renamed/.test(req.headers['x-event-name'] as string)) reply(res, 404)
      },
    }),
    fails: ['unknown-event'],
    says: /Gallabox adds events/,
  },
  {
    title: 'wants a text in each message',
    listener: byHand({
      handle: (visit) => {
        if (visit.req.headers['x-event-name'] === 'Message.Received') parsed(visit).whatsapp.text.body.trim()
      },
    }),
    fails: ['unknown-message', 'invalid-json'],
    says: /WhatsApp adds types of messages/,
  },
  {
    title: 'refuses members that it does not know',
    listener: byHand({
      handle: ({ body, res }) => {
        if (/addedTomorrow|"__proto__"/.test(body.toString())) reply(res, 422)
      },
    }),
    fails: ['unknown-fields'],
    says: /Gallabox adds members/,
  },
  {
    title: 'refuses duplicates',
    listener: byHand({
      handle: ({ given, res }) => {
        if (seen.has(given as string)) reply(res, 409)
        seen.add(given as string)
      },
    }),
    fails: ['duplicate'],
    says: /Gallabox sends a delivery again/,
  },
  {
    title: 'takes 100 kB at most',
    listener: byHand({
      handle: ({ body, res }) => {
        if (body.byteLength > 100 * 1024) reply(res, 413)
      },
    }),
    fails: ['large-body'],
    says: /Large bodies are refused/,
  },
  {
    title: 'does not catch what the parser throws',
    listener: byHand({ handle: (visit) => void parsed(visit) }),
    fails: ['invalid-json'],
    says: /A parser throws, and nobody catches it/,
  },
  {
    title: 'does not catch what the decoder throws',
    listener: byHand({
      handle(visit) {
        new TextDecoder('utf-8', { fatal: true }).decode(visit.body)
        handleCarefully(visit)
      },
    }),
    fails: ['invalid-utf8'],
    says: /A decoder throws, and nobody catches it/,
  },
  {
    title: 'reads a member of null',
    listener: byHand({
      handle({ body, res }) {
        let value: { id: string } | undefined
        try {
          value = JSON.parse(body.toString())
        } catch {
          return reply(res, 400)
        }
        String((value as { id: string }).id)
      },
    }),
    fails: ['odd-json'],
    says: /reads a member of null/,
  },
  {
    title: 'calls itself for each level',
    listener: byHand({
      handle(visit) {
        if (visit.body.includes('[[[')) countLevels(parsed(visit))
      },
    }),
    fails: ['deep-json'],
    says: /runs out of stack/,
  },
  {
    title: 'lets the body change what all objects have',
    listener: byHand({
      handle({ body, res }) {
        if (isBroken) reply(res, 500)
        isBroken ||= body.includes('"__proto__"')
      },
    }),
    fails: ['proto-keys'],
    says: /no longer works after that/,
  },
]

function countLevels(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(countLevels)) : 0
}
