// Receivers that fail on large, unknown or unusual bodies.
import { createManualReceiver, digestOf, handleCarefully, isEqual, respond, type StepContext } from './by-hand.js'
import type { FaultyReceiver } from './faulty.js'

function hashChangedText(change: (text: string, body: Buffer) => string) {
  return createManualReceiver({
    verify: ({ signature, body }) => isEqual(signature, digestOf(change(body.toString(), body)).toString('base64')),
  })
}

function parsePayload({ body }: StepContext) {
  return JSON.parse(body.toString())
}

const seen = new Set<string>()
let isBroken = false

export const fragileReceivers: readonly FaultyReceiver[] = [
  {
    title: 'hashes JSON.stringify(req.body)',
    listener: createManualReceiver({
      verify({ signature, body }) {
        try {
          return isEqual(signature, digestOf(JSON.stringify(JSON.parse(body.toString()))).toString('base64'))
        } catch {
          return false
        }
      },
    }),
    fails: ['json-bytes'],
    explanation: /parses the body, serializes it again/,
  },
  {
    title: 'rejects numbers that lose precision, after verifying',
    listener: createManualReceiver({
      handle(context) {
        if (/:\d{17}/.test(context.body.toString())) respond(context.res, 422)
        else handleCarefully(context)
      },
    }),
    fails: ['json-bytes'],
    explanation:
      /^responded with 422 to: a number of 20 digits\. It accepts the signature, and then fails on the content/,
  },
  {
    title: 'reads the body as Latin-1',
    listener: hashChangedText((_text, body) => body.toString('latin1')),
    fails: ['non-ascii'],
    explanation: /as Latin-1 or ASCII/,
  },
  {
    title: 'escapes characters outside ASCII',
    listener: hashChangedText((text) =>
      text.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
    fails: ['non-ascii'],
    explanation: /parses the body, serializes it again/,
  },
  {
    title: 'looks for a header in one letter case',
    listener: createManualReceiver({
      verify: ({ req, body }) => {
        const at = req.rawHeaders.indexOf('x-gallabox-signature')
        return at >= 0 && isEqual(req.rawHeaders[at + 1], digestOf(body).toString('base64'))
      },
    }),
    fails: ['header-case'],
    explanation: /Header names are case-insensitive/,
  },
  {
    title: 'requires a Content-Length',
    listener: (req, res) => (req.headers['content-length'] ? createManualReceiver()(req, res) : respond(res, 411)),
    fails: ['chunked'],
    explanation: /in chunks, without a total length/,
  },
  {
    title: 'rejects some events',
    listener: createManualReceiver({
      handle: ({ req, res }) => {
        if (!/^(Message|Contact)\.[A-Z.a-z]+$/.test(req.headers['x-event-name'] as string)) respond(res, 404)
      },
    }),
    fails: ['every-event', 'unknown-event'],
    explanation: /^responded with 404 to: Conversation\.Create, /,
  },
  {
    title: 'rejects unknown events',
    listener: createManualReceiver({
      handle: ({ req, res }) => {
        if (/Tomorrow|Renamed/.test(req.headers['x-event-name'] as string)) respond(res, 404)
      },
    }),
    fails: ['unknown-event'],
    explanation: /Gallabox adds events/,
  },
  {
    title: 'requires whatsapp.text in each message',
    listener: createManualReceiver({
      handle: (context) => {
        if (context.req.headers['x-event-name'] === 'Message.Received') parsePayload(context).whatsapp.text.body.trim()
      },
    }),
    fails: ['unknown-message', 'invalid-json'],
    explanation: /WhatsApp adds message types/,
  },
  {
    title: 'rejects unknown members',
    listener: createManualReceiver({
      handle: ({ body, res }) => {
        if (/addedTomorrow|"__proto__"/.test(body.toString())) respond(res, 422)
      },
    }),
    fails: ['unknown-fields'],
    explanation: /Gallabox adds members/,
  },
  {
    title: 'rejects duplicates',
    listener: createManualReceiver({
      handle: ({ signature, res }) => {
        if (seen.has(signature as string)) respond(res, 409)
        seen.add(signature as string)
      },
    }),
    fails: ['duplicate'],
    explanation: /Gallabox sends a delivery again/,
  },
  {
    title: 'accepts at most 100 kB',
    listener: createManualReceiver({
      handle: ({ body, res }) => {
        if (body.byteLength > 100 * 1024) respond(res, 413)
      },
    }),
    fails: ['large-body'],
    explanation: /Large bodies are rejected/,
  },
  {
    title: 'does not catch the exception of the parser',
    listener: createManualReceiver({ handle: (context) => void parsePayload(context) }),
    fails: ['invalid-json'],
    explanation: /A parser throws, and the exception is not caught/,
  },
  {
    title: 'does not catch the exception of the decoder',
    listener: createManualReceiver({
      handle(context) {
        new TextDecoder('utf-8', { fatal: true }).decode(context.body)
        handleCarefully(context)
      },
    }),
    fails: ['invalid-utf8'],
    explanation: /A decoder throws, and the exception is not caught/,
  },
  {
    title: 'reads a member of null',
    listener: createManualReceiver({
      handle({ body, res }) {
        let value: { id: string } | undefined
        try {
          value = JSON.parse(body.toString())
        } catch {
          return respond(res, 400)
        }
        String((value as { id: string }).id)
      },
    }),
    fails: ['non-object-json'],
    explanation: /reads a member of null/,
  },
  {
    title: 'recurses for each level',
    listener: createManualReceiver({
      handle(context) {
        if (context.body.includes('[[[')) countLevels(parsePayload(context))
      },
    }),
    fails: ['deep-json'],
    explanation: /overflows the stack/,
  },
  {
    title: 'lets the payload change the prototype of all objects',
    listener: createManualReceiver({
      handle({ body, res }) {
        if (isBroken) respond(res, 500)
        isBroken ||= body.includes('"__proto__"')
      },
    }),
    fails: ['proto-keys'],
    explanation: /stopped working after that/,
  },
]

function countLevels(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(countLevels)) : 0
}
