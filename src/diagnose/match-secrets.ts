import { timedOut, withTimeout } from '../platform/promises.js'
import { createHmacVerifier, type EncodedDigest } from '../signature/hmac.js'
import {
  isEncryptedSecret,
  isSecret,
  listEntries,
  type SecretEntry,
  type SecretSource,
  type SecretValue,
  type UnverifiedRequest,
} from '../signature/secrets.js'
import type { DiagnosisCode } from './findings.js'
import { readLimits } from './read-body.js'

/** A valid secret, with the id that a diagnosis reports. */
export interface NamedSecret extends SecretEntry {
  readonly id: string
  readonly secret: string | Uint8Array
}

/** Returns the secrets, or the code of the finding if one of them is invalid. */
export async function resolveSecrets(
  source: SecretSource | undefined,
  { method, url, headers }: UnverifiedRequest,
): Promise<readonly NamedSecret[] | DiagnosisCode> {
  let value = source
  if (typeof value === 'function') {
    try {
      const provided = await withTimeout(Promise.resolve(value({ method, url, headers })), readLimits.timeoutMs)
      if (provided === timedOut) return 'secret-unavailable'
      if (provided === null) return 'secret-not-found'
      value = provided
    } catch {
      return 'secret-unavailable'
    }
  }
  const entries = listEntries(value as SecretValue | undefined)
  if (entries.some(({ secret }) => isEncryptedSecret(secret))) return 'secret-encrypted'
  const secrets = listNamedSecrets(entries)
  return secrets.length > 0 && secrets.length === entries.length ? secrets : 'secret-missing'
}

/** Lists the valid secrets among entries. */
export function listNamedSecrets(entries: readonly SecretEntry[]): readonly NamedSecret[] {
  return entries.flatMap((entry, index) => {
    const { id = String(index + 1), secret } = entry
    return isSecret(secret) ? [{ ...entry, id, secret }] : []
  })
}

/** Finds the secret that a body was signed with. */
export async function findSigningSecret(
  secrets: readonly NamedSecret[],
  rawBody: Uint8Array,
  digest: EncodedDigest,
): Promise<NamedSecret | undefined> {
  for (const entry of secrets) if (await isSignedWith(entry.secret, rawBody, digest)) return entry
  return undefined
}

/** Checks whether a digest is the HMAC of a body under a secret. */
export async function isSignedWith(
  secret: string | Uint8Array,
  rawBody: Uint8Array,
  digest: EncodedDigest,
): Promise<boolean> {
  return createHmacVerifier(secret)(rawBody, digest)
}
