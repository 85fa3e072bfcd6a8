// The test cases of one vector: of its signature, and of the whole delivery.
import { can } from './runtimes.mjs'
import { assertEqual, assertThrowsTypeError, decodeBody, decodeHeaders, decodeSecret, encodeBase64 } from './values.mjs'

/** Lists the cases of a vector with `valid`. */
export function* listSignatureCases(library, runtime, { title, secret, headers, body, valid, code }) {
  const args = [decodeBody(body), decodeHeaders(headers)['x-gallabox-signature'], decodeSecret(secret)]
  // A malformed signature is rejected without cryptography, so it works on every runtime.
  const needsCrypto = code !== 'signature-missing' && code !== 'signature-malformed'
  const isSupported = can(runtime, 'verifySignature') || !needsCrypto
  yield {
    title: `verifySignature: ${title}`,
    run() {
      if (isSupported) assertEqual(library.verifySignature(...args), valid)
      else assertThrowsTypeError(() => library.verifySignature(...args), 'verifySignatureAsync')
    },
  }
  yield {
    title: `verifySignatureAsync: ${title}`,
    run: async () => assertEqual(await library.verifySignatureAsync(...args), valid),
  }
}

/** Lists the cases of a vector with `event` or `code`. */
export function* listDeliveryCases(library, vector) {
  const { title, method, body, event, code, key } = vector
  const delivery = { method, headers: decodeHeaders(vector.headers), rawBody: decodeBody(body) }
  const options = { ...vector.options, secret: decodeSecret(vector.secret) }
  yield {
    title: `verifyDelivery: ${title}`,
    async run() {
      const result = await library.verifyDelivery(delivery, options)
      if (!result.ok) return assertEqual({ code: result.code }, event ? { event } : { code })
      // The handler receives exactly the signed bytes.
      const found = { event: describeEvent(result.event), body: encodeBase64(result.context.rawBody) }
      assertEqual(found, event ? { event, body } : { code })
    },
  }
  yield {
    title: `createReceiver: ${title}`,
    async run() {
      const events = []
      const receiver = library.createReceiver({
        ...options,
        onEvent: (received) => events.push(describeEvent(received)),
        onOutcome() {},
      })
      const outcome = await receiver.receive({ ...delivery, rawBody: async () => delivery.rawBody })
      const expected = event ? { code: 'handled', events: [event] } : { code, events: [] }
      assertEqual({ code: outcome.code, events }, expected)
      assertEqual(outcome.status === 200, code === undefined)
    },
  }
  if (!key) return
  yield {
    title: `context.key(): ${title}`,
    async run() {
      const result = await library.verifyDelivery(delivery, options)
      assertEqual(await result.context?.key(), key)
    },
  }
}

function describeEvent({ type, reason }) {
  return reason === undefined ? { type } : { type, reason }
}
