// Each attack, the status it must get, and the event that a handler gets. Undefined: no handler runs.
import { createSender, samplePayload, signBody, signDelivery } from 'gallabox-webhooks/testing'

/** @typedef {import('gallabox-webhooks/testing').SignedDelivery} SignedDelivery */

const type = 'Message.Received'
const payload = samplePayload(type)

/** @param {SignedDelivery} delivery */
function createSend({ method, headers, body }) {
  return async (/** @type {string} */ url) => {
    const init = method === 'GET' ? { method, headers } : { method, headers, body }
    const response = await fetch(url, init)
    await response.text()
    return response.status
  }
}

/**
 * @param {string} secret
 * @returns {{ title: string, status: number, event?: string, send: (url: string) => Promise<number | null> }[]}
 */
export function attacks(secret) {
  const original = signDelivery(type, payload, { secret })

  /** @param {Partial<SignedDelivery>} changes */
  const altered = (changes) => createSend({ ...original, ...changes })
  /** @param {Record<string, string>} headers */
  const withHeaders = (headers) => altered({ headers: { ...original.headers, ...headers } })

  return [
    {
      title: 'signed with a guessed secret',
      status: 401,
      send: async (url) => {
        const log = await createSender({ url, secret: 'guessed', maxAttempts: 1 }).send(type, payload)
        return log.attempts[0]?.status ?? null
      },
    },
    { title: 'unsigned', status: 401, send: createSend(signDelivery(type, payload, { secret: null })) },
    { title: 'tampered: another price', status: 401, send: altered({ body: original.body.replace('₹449', '₹4') }) },
    {
      title: 'parsed and serialized again',
      status: 401,
      send: altered({ body: JSON.stringify(JSON.parse(original.body), null, 2) }),
    },
    {
      title: 'the signature of another body',
      status: 401,
      send: withHeaders({ 'x-gallabox-signature': signBody('{}', secret) }),
    },
    {
      title: 'a prefixed signature',
      status: 401,
      send: withHeaders({ 'x-gallabox-signature': `sha256=${signBody(original.body, secret, 'hex')}` }),
    },
    {
      title: 'oversized: 2 MiB',
      status: 413,
      send: createSend(signDelivery(type, { ...payload, localMessageId: 'x'.repeat(2 ** 21) }, { secret })),
    },
    { title: 'GET', status: 405, send: altered({ method: 'GET' }) },
    {
      title: 'replayed under another name',
      status: 200,
      event: 'unrecognized "Contact.Created": unexpected-shape',
      send: withHeaders({ 'x-event-name': 'Contact.Created' }),
    },
  ]
}
