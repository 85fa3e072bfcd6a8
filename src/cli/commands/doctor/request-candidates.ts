// Lists the requests that a receiver with one known mistake, or two, accepts.
import { signatureHeader } from '../../../signature/verify-signature.js'
import { isHeaderValue } from '../../shared/options.js'
import type { CauseCode } from './causes.js'
import type { DigestCandidate } from './digest-candidates.js'
import { hmac } from './hashes.js'
import { createScheme, encodeBase64, type SignatureScheme } from './signature-scheme.js'
import type { TargetRequest } from './target.js'

/** A request that only a receiver with these mistakes accepts. */
export interface RequestCandidate {
  readonly codes: readonly CauseCode[]
  readonly changes: Pick<TargetRequest, 'signature' | 'headers' | 'query'>
  /** What the receiver reads, if the cause does not say so. */
  readonly place?: string
  readonly scheme?: SignatureScheme
}

type Encode = SignatureScheme['encode']

export const encodeHex: Encode = (digest) => digest.toString('hex')

const encodings: readonly (readonly [CauseCode, Encode])[] = [
  ['signature-hex', encodeHex],
  ['signature-hex', (digest) => encodeHex(digest).toUpperCase()],
  ['signature-prefixed', (digest) => `sha256=${encodeBase64(digest)}`],
  ['signature-prefixed', (digest) => `sha256=${encodeHex(digest)}`],
  ['signature-base64url', (digest) => digest.toString('base64url')],
  ['signature-base64url', (digest) => `${digest.toString('base64url')}=`],
  ['signature-encoded-twice', (digest) => Buffer.from(encodeHex(digest)).toString('base64')],
]

/** With the signature in another encoding. */
export function encodingCandidates(body: Buffer, secret: string): readonly RequestCandidate[] {
  return encodings.map(([code, encode]) => ({
    codes: [code],
    changes: { signature: encode(hmac(body, secret)) },
    scheme: { ...createScheme(secret), encode },
  }))
}

// Where receivers that verify no signature expect the secret.
const secretHeaders = [
  'x-webhook-secret',
  'x-gallabox-token',
  'x-gallabox-secret',
  'x-shared-secret',
  'x-webhook-token',
  'authorization',
]
const secretParameters = ['secret', 'key', 'token']

/** With the secret itself, and no signature. */
export function sharedSecretCandidates(secret: string): readonly RequestCandidate[] {
  if (!isHeaderValue(secret)) return []
  const inHeader = (header: string, value: string): RequestCandidate => ({
    codes: ['secret-in-header'],
    changes: { signature: null, headers: [[header, value]] },
    place: header,
  })
  return [
    { codes: ['secret-in-header'], changes: { signature: secret }, place: signatureHeader },
    ...secretHeaders.map((header) => inHeader(header, secret)),
    inHeader('authorization', `Bearer ${secret}`),
    ...secretParameters.map((name): RequestCandidate => {
      return { codes: ['secret-in-url'], changes: { signature: null, query: { [name]: secret } }, place: `?${name}=` }
    }),
  ]
}

// The signature headers of other services.
const otherHeaders = [
  'x-hub-signature-256',
  'x-signature',
  'x-webhook-signature',
  'x-hub-signature',
  'gallabox-signature',
  'signature',
]
const otherEncodings: readonly (readonly [encode: Encode, codes: readonly CauseCode[]])[] = [
  [encodeBase64, ['header-other']],
  [encodeHex, ['header-other', 'signature-hex']],
  [(digest) => `sha256=${encodeHex(digest)}`, ['header-other', 'signature-prefixed']],
]

/** With the signature in another header. */
export function headerCandidates(body: Buffer, secret: string): readonly RequestCandidate[] {
  return otherHeaders.flatMap((header) =>
    otherEncodings.map(([encode, codes]): RequestCandidate => {
      const changes = { signature: null, headers: [[header, encode(hmac(body, secret))]] as const }
      return { codes, changes, place: header, scheme: { ...createScheme(secret), header, encode } }
    }),
  )
}

/** With another digest. */
export function digestCandidate(
  { code, digest, hashing }: DigestCandidate,
  encode: Encode,
  more: readonly CauseCode[] = [],
): RequestCandidate {
  const changes = { signature: encode(digest) }
  const codes = [code, ...more]
  return hashing ? { codes, changes, scheme: { header: signatureHeader, ...hashing, encode } } : { codes, changes }
}
