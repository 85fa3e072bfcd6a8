import { type DeliveryHeaders, findHeaderText } from '../platform/headers.js'
import { createHmacVerifier } from '../signature/hmac.js'
import { bodyVariants } from './body-variants.js'
import type { Cause } from './findings.js'
import { findLogEntry } from './log-entry.js'
import { findSigningSecret, isSignedWith, type NamedSecret } from './match-secrets.js'
import { readLimits } from './read-body.js'
import { secretVariants } from './secret-variants.js'
import type { SignatureVariant } from './signature-variants.js'

// Bounds what an unverified delivery costs, whatever its body and the number of secrets. Enough for 64 kB and one secret.
const maxHashedBytes = 3 * 1024 * 1024
// An HMAC of nothing costs as much as hashing about this many bytes (measured).
const hmacBytes = 2048

/** A well-formed signature that matches none of the secrets. */
interface Mismatch {
  readonly headers: DeliveryHeaders
  readonly rawBody: Uint8Array
  readonly digest: SignatureVariant['digest']
  readonly secrets: readonly NamedSecret[]
  /** The secrets of other webhooks. */
  readonly otherSecrets: readonly NamedSecret[]
}

/** Finds the known mistake in the secret or the body that explains a mismatch. */
export async function explainMismatch(mismatch: Mismatch): Promise<Cause> {
  const { headers, rawBody, digest, otherSecrets } = mismatch
  const other = await findSigningSecret(otherSecrets, rawBody, digest)
  if (other) return { code: 'secret-of-another-webhook', secretId: other.id }
  if (rawBody.byteLength === 0) return { code: 'body-empty' }
  if (rawBody.byteLength > readLimits.maxBytes) return { code: 'unexplained' }
  const cause = (await searchSecrets(mismatch)) ?? (await searchBodies(mismatch))
  return cause ?? { code: hasEncoding(headers) ? 'body-compressed' : (findLogEntry(rawBody) ?? 'unexplained') }
}

async function searchSecrets({ secrets, rawBody, digest }: Mismatch): Promise<Cause | undefined> {
  const spend = createHashBudget()
  for (const { id: secretId, secret } of secrets) {
    for (const [code, variant] of secretVariants(secret)) {
      if (!spend(rawBody)) return undefined
      if (variant.length > 0 && (await isSignedWith(variant, rawBody, digest))) return { code, secretId }
    }
  }
  return undefined
}

async function searchBodies({ secrets, rawBody, digest }: Mismatch): Promise<Cause | undefined> {
  const spend = createHashBudget()
  const verifiers = secrets.map(({ id, secret }) => ({ id, verify: createHmacVerifier(secret) }))
  for (const [code, variant] of bodyVariants(rawBody)) {
    for (const { id: secretId, verify } of verifiers) {
      if (!spend(variant)) return undefined
      if (await verify(variant, digest)) return { code, secretId }
    }
  }
  return undefined
}

/** Creates a function that returns false once the HMACs of a search cost too much. */
function createHashBudget(): (message: Uint8Array) => boolean {
  let hashedBytes = 0
  return ({ byteLength }) => {
    hashedBytes += hmacBytes + byteLength
    return hashedBytes <= maxHashedBytes
  }
}

function hasEncoding(headers: DeliveryHeaders): boolean {
  return !/^(identity)?$/i.test(findHeaderText(headers, 'content-encoding')?.trim() ?? '')
}
