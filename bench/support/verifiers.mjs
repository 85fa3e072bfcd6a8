// The verifiers that are compared, each with its own kind of signature of the same bytes.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createRequire } from 'node:module'
import { validateSignature } from '@line/bot-sdk'
import { sign, verify } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { signBody, verifySignature } from './library.mjs'

const secret = 'whsec_Jg8mZ2vQkP4yT7sB1nXc'

/** Loads the library without node:crypto. Uses the CommonJS build, so that the ESM build stays unchanged. */
async function withoutNodeCrypto() {
  const { getBuiltinModule } = process
  process.getBuiltinModule = undefined
  const { verifySignatureAsync } = createRequire(import.meta.url)('../../dist/index.cjs')
  await verifySignatureAsync('', '='.padStart(44, 'A'), secret)
  process.getBuiltinModule = getBuiltinModule
  return verifySignatureAsync
}

const verifyOnWebCrypto = await withoutNodeCrypto()
const { signature: stripe } = new Stripe('sk_test_0').webhooks
const standard = new Webhook(secret, { format: 'raw' })

function byHand(body, header) {
  const expected = createHmac('sha256', secret).update(body).digest()
  const received = Buffer.from(header, 'base64')
  return received.length === expected.length && timingSafeEqual(received, expected)
}

function verifyStandard(body, headers) {
  standard.verify(body, headers, { jsonParse: false })
  return true
}

/** Creates the verifiers. Each must accept the signature of the body and reject that of another body. */
export async function createVerifiers(body) {
  const other = Buffer.concat([body, Buffer.from(' ')])
  const text = body.toString()
  const id = 'msg_1'
  const now = new Date()
  const seconds = Math.floor(now.getTime() / 1000)

  async function make(verifier, signatureOf, async = false) {
    const [right, wrong] = [await signatureOf(body), await signatureOf(other)]
    if (!(await accepts(() => verifier(right)))) throw new Error(`${verifier} rejects a valid signature.`)
    if (await accepts(() => verifier(wrong))) throw new Error(`${verifier} accepts an invalid signature.`)
    return { run: () => verifier(right), async }
  }

  const base64 = (bytes) => signBody(bytes, secret)
  const digest = (bytes) => createHmac('sha256', secret).update(bytes).digest()
  return {
    'bare digest': await make(
      (signature) => createHmac('sha256', secret).update(body).digest().equals(signature),
      digest,
    ),
    verifySignature: await make((signature) => verifySignature(body, signature, secret), base64),
    'verifySignatureAsync on WebCrypto': await make(
      (signature) => verifyOnWebCrypto(body, signature, secret),
      base64,
      true,
    ),
    'by hand': await make((signature) => byHand(body, signature), base64),
    '@line/bot-sdk': await make((signature) => validateSignature(body, secret, signature), base64),
    '@octokit/webhooks-methods': await make(
      (signature) => verify(secret, text, signature),
      (bytes) => sign(secret, bytes.toString()),
      true,
    ),
    stripe: await make(
      (signature) => stripe.verifyHeader(body, signature, secret, 86_400),
      (bytes) => `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${bytes}`).digest('hex')}`,
    ),
    standardwebhooks: await make(
      (signature) => verifyStandard(body, signature),
      (bytes) => ({
        'webhook-id': id,
        'webhook-timestamp': `${seconds}`,
        'webhook-signature': standard.sign(id, now, bytes),
      }),
    ),
  }
}

async function accepts(verify) {
  try {
    return await verify()
  } catch {
    return false
  }
}
