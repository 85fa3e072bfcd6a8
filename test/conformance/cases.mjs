// What one vector asserts: of a signature, and of a whole delivery.
// It must not know which vectors there are, or how results are shown.
import { can } from './runtimes.mjs'
import { assertEqual, assertThrowsTypeError, decodeBody, decodeHeaders, decodeSecret, encodeBase64 } from './values.mjs'

/** The cases of a vector with `valid`. */
export function* listSignatureCases(library, runtime, { title, secret, headers, body, valid, code }) {
  const given = [decodeBody(body), decodeHeaders(headers)['x-gallabox-signature'], decodeSecret(secret)]
  // What does not spell a digest is refused before any cryptography, everywhere.
  const needsCrypto = code !== 'signature-missing' && code !== 'signature-malformed'
  const works = can(runtime, 'verifySignature') || !needsCrypto
  yield {
    title: `verifySignature: ${title}`,
    run() {
      if (works) assertEqual(library.verifySignature(...given), valid)
      else assertThrowsTypeError(() => library.verifySignature(...given), 'verifySignatureAsync')
    },
  }
  yield {
    title: `verifySignatureAsync: ${title}`,
    run: async () => assertEqual(await library.verifySignatureAsync(...given), valid),
  }
}

/** The cases of a vector with `event` or `code`. */
export function* listDeliveryCases(library, vector) {
  const { title, method, body, event, code, key } = vector
  const delivery = { method, headers: decodeHeaders(vector.headers), rawBody: decodeBody(body) }
  const options = { ...vector.options, secret: decodeSecret(vector.secret) }
  yield {
    title: `verifyDelivery: ${title}`,
    async run() {
      const result = await library.verifyDelivery(delivery, options)
      if (!result.ok) return assertEqual({ code: result.code }, event ? { event } : { code })
      // The handler gets the bytes that were signed, and no others.
      const found = { event: describeEvent(result.event), body: encodeBase64(result.context.rawBody) }
      assertEqual(found, event ? { event, body } : { code })
    },
  }
  yield {
    title: `createReceiver: ${title}`,
    async run() {
      const heard = []
      const receiver = library.createReceiver({ ...options, onEvent: (given) => heard.push(describeEvent(given)) })
      const outcome = await receiver.receive({ ...delivery, rawBody: async () => delivery.rawBody })
      const expected = event ? { code: 'handled', heard: [event] } : { code, heard: [] }
      assertEqual({ code: outcome.code, heard }, expected)
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
