// The verifiers that are compared, each with a signature of the same bytes in its own form, each seen to say yes and no.
// It must not know how they are timed.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createRequire } from 'node:module'
import { validateSignature } from '@line/bot-sdk'
import { sign, verify } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { signBody, verifySignature } from './library.mjs'

const secret = 'whsec_Jg8mZ2vQkP4yT7sB1nXc'

/** The library where there is no node:crypto: its other build, so that the first one goes on as it is. */
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
  const given = Buffer.from(header, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function verifyStandard(body, headers) {
  standard.verify(body, headers, { jsonParse: false })
  return true
}

/** Each verifier as a call with all that it needs, and the same call with another's signature. */
export async function createVerifiers(body) {
  const other = Buffer.concat([body, Buffer.from(' ')])
  const text = body.toString()
  const id = 'msg_1'
  const now = new Date()
  const seconds = Math.floor(now.getTime() / 1000)

  async function make(verifier, signatureOf, async = false) {
    const [right, wrong] = [await signatureOf(body), await signatureOf(other)]
    if (!(await says(() => verifier(right)))) throw new Error(`${verifier} refuses a genuine signature.`)
    if (await says(() => verifier(wrong))) throw new Error(`${verifier} takes a forged signature.`)
    return { run: () => verifier(right), async }
  }

  const base64 = (bytes) => signBody(bytes, secret)
  const digest = (bytes) => createHmac('sha256', secret).update(bytes).digest()
  return {
    'bare digest': await make((given) => createHmac('sha256', secret).update(body).digest().equals(given), digest),
    verifySignature: await make((given) => verifySignature(body, given, secret), base64),
    'verifySignatureAsync on WebCrypto': await make((given) => verifyOnWebCrypto(body, given, secret), base64, true),
    'by hand': await make((given) => byHand(body, given), base64),
    '@line/bot-sdk': await make((given) => validateSignature(body, secret, given), base64),
    '@octokit/webhooks-methods': await make(
      (given) => verify(secret, text, given),
      (bytes) => sign(secret, bytes.toString()),
      true,
    ),
    stripe: await make(
      (given) => stripe.verifyHeader(body, given, secret, 86_400),
      (bytes) => `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${bytes}`).digest('hex')}`,
    ),
    standardwebhooks: await make(
      (given) => verifyStandard(body, given),
      (bytes) => ({
        'webhook-id': id,
        'webhook-timestamp': `${seconds}`,
        'webhook-signature': standard.sign(id, now, bytes),
      }),
    ),
  }
}

async function says(verifies) {
  try {
    return await verifies()
  } catch {
    return false
  }
}
