// What strangers send, and what must come of it: the status, and what a handler may see (undefined: nothing).
import { createSender, samplePayload, signBody, signDelivery } from 'gallabox-webhooks/testing'

/** @typedef {import('gallabox-webhooks/testing').SignedDelivery} SignedDelivery */

const type = 'Message.Received'
const payload = samplePayload(type)

/** @param {SignedDelivery} delivery */
function sender({ method, headers, body }) {
  return async (/** @type {string} */ url) => {
    const init = method === 'GET' ? { method, headers } : { method, headers, body }
    const response = await fetch(url, init)
    await response.text()
    return response.status
  }
}

/**
 * @param {string} secret
 * @returns {{ title: string, status: number, seen?: string, send: (url: string) => Promise<number | null> }[]}
 */
export function strangers(secret) {
  const genuine = signDelivery(type, payload, { secret })

  /** @param {Partial<SignedDelivery>} changes */
  const altered = (changes) => sender({ ...genuine, ...changes })
  /** @param {Record<string, string>} headers */
  const withHeaders = (headers) => altered({ headers: { ...genuine.headers, ...headers } })

  return [
    {
      title: 'forged, under a guessed secret',
      status: 401,
      send: async (url) => {
        const log = await createSender({ url, secret: 'guessed', maxAttempts: 1 }).send(type, payload)
        return log.attempts[0]?.status ?? null
      },
    },
    { title: 'unsigned', status: 401, send: sender(signDelivery(type, payload, { secret: undefined })) },
    { title: 'tampered: another price', status: 401, send: altered({ body: genuine.body.replace('₹449', '₹4') }) },
    {
      title: 'parsed and written again',
      status: 401,
      send: altered({ body: JSON.stringify(JSON.parse(genuine.body), null, 2) }),
    },
    {
      title: 'the signature of another body',
      status: 401,
      send: withHeaders({ 'x-gallabox-signature': signBody('{}', secret) }),
    },
    {
      title: 'a prefixed signature',
      status: 401,
      send: withHeaders({ 'x-gallabox-signature': `sha256=${signBody(genuine.body, secret, 'hex')}` }),
    },
    {
      title: 'oversized: 2 MiB',
      status: 413,
      send: sender(signDelivery(type, { ...payload, localMessageId: 'x'.repeat(2 ** 21) }, { secret })),
    },
    { title: 'GET', status: 405, send: altered({ method: 'GET' }) },
    {
      title: 'replayed under another name',
      status: 200,
      seen: 'unrecognized "Contact.Created": unexpected-shape',
      send: withHeaders({ 'x-event-name': 'Contact.Created' }),
    },
  ]
}
