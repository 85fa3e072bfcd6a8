import { canonicalEventName, readEventName } from '../events/names.js'
import { type DeliveryHeaders, findHeader } from '../platform/headers.js'
import type { Delivery, ReceivedDelivery } from '../receiver/delivery.js'
import type { SecretEntry, SecretSource } from '../signature/secrets.js'
import { signatureHeader } from '../signature/verify-signature.js'
import { explainMismatch } from './explain-mismatch.js'
import { type Cause, type DiagnosisCode, verifiedCodes } from './findings.js'
import { findSigningSecret, listNamedSecrets, type NamedSecret, resolveSecrets } from './match-secrets.js'
import { hasEventNameElsewhere, signaturesInOtherHeaders } from './other-headers.js'
import { readBody } from './read-body.js'
import { signatureVariants } from './signature-variants.js'

// Each is compared with each secret, and a sender can repeat a header hundreds of times.
const maxSignatures = 16

/** Checks a delivery in the order of a receiver: secret, headers, body, signature, event name. */
export async function findCause(
  delivery: ReceivedDelivery | Delivery,
  secret: SecretSource | undefined,
  otherSecrets: readonly SecretEntry[],
): Promise<Cause> {
  const { headers, rawBody: source } = delivery
  const secrets = await resolveSecrets(secret, delivery)
  if (typeof secrets === 'string') return { code: secrets }

  const header = findHeader(headers, signatureHeader)
  const signatures = header === undefined ? signaturesInOtherHeaders(headers) : signatureVariants(header)
  const [signature] = signatures
  // The body is left unread: an attacker may still be sending it.
  if (!signature) return { code: invalidSignatureCode(header) }

  const isWellFormed = verifiedCodes.includes(signature.code)
  const rawBody = await readBody(source)
  if (typeof rawBody === 'string') return { code: isWellFormed ? rawBody : signature.code }

  for (const { code, digest } of signatures.slice(0, maxSignatures)) {
    const match = await findSigningSecret(secrets, rawBody, digest)
    if (match) return checkEventName(code, match, secrets, headers, rawBody)
  }
  if (!isWellFormed) return { code: invalidSignatureCode(header) }
  const { digest } = signature
  return explainMismatch({ headers, rawBody, digest, secrets, otherSecrets: listNamedSecrets(otherSecrets) })
}

function invalidSignatureCode(header: string | readonly string[] | undefined): DiagnosisCode {
  if (header === undefined) return 'signature-missing'
  return typeof header === 'string' ? 'signature-malformed' : 'signature-repeated'
}

/** Checks the event name of a delivery whose signature matches. */
function checkEventName(
  code: DiagnosisCode,
  match: NamedSecret,
  secrets: readonly NamedSecret[],
  headers: DeliveryHeaders,
  rawBody: Uint8Array,
): Cause {
  const { id: secretId, events } = match
  if (!verifiedCodes.includes(code)) return { code, secretId }
  const name = readEventName(headers)
  const type = name && canonicalEventName(name)
  if (events && !events.some((event) => canonicalEventName(event) === type)) {
    return { code: 'secret-out-of-scope', secretId }
  }
  if (!name) {
    return { code: hasEventNameElsewhere(headers, rawBody) ? 'event-name-elsewhere' : 'event-name-missing', secretId }
  }
  // Scoped secrets belong to several webhooks. A list without scopes belongs to one whose secret is being rotated.
  const isRotation = !secrets.some((secret) => secret.events)
  const isLater = match !== secrets[0]
  return { code: code === 'verified' && isRotation && isLater ? 'secret-older' : code, secretId }
}
