import type { EncodedDigest } from '../signature/hmac.js'
import { parseSignature } from '../signature/verify-signature.js'
import type { DiagnosisCode } from './findings.js'

/** A digest found in a header, and the finding about its form. */
export interface SignatureVariant {
  readonly digest: EncodedDigest
  readonly code: DiagnosisCode
}

const maxHeaderLength = 256
const unwrappedSignature = /^[\w+/-]{43,88}={0,2}$/

/** Lists the signatures that the value of a header may stand for. A well-formed one is listed alone. */
export function signatureVariants(value: string | readonly string[]): readonly SignatureVariant[] {
  if (typeof value !== 'string') {
    return value.flatMap(signatureVariants).map(({ digest }) => ({ digest, code: 'signature-repeated' as const }))
  }
  const digest = parseSignature(value)
  if (digest) return [{ digest, code: digest.encoding === 'hex' ? 'signature-hex' : 'verified' }]
  // Bounds the work that an attacker's header causes.
  if (value.length > maxHeaderLength) return []
  return [...correctedValues(value)].flatMap(([code, corrected]) => {
    const digest = parseSignature(corrected)
    return digest ? [{ digest, code }] : []
  })
}

function* correctedValues(value: string): Generator<readonly [DiagnosisCode, string]> {
  const unwrapped = value
    .trim()
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim()
  yield ['signature-wrapped', unwrapped]
  yield [
    'signature-url-encoded',
    unwrapped.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  ]
  yield ['signature-url-encoded', value.replaceAll(' ', '+')]
  for (const part of unwrapped.split(',')) {
    if (part !== unwrapped) yield ['signature-repeated', part.trim()]
    const [, unprefixed] = /^[\w-]{1,24}[=: ]\s*(.{43,88})$/.exec(part.trim()) ?? []
    if (unprefixed !== undefined) yield ['signature-prefixed', unprefixed]
  }
  if (!unwrappedSignature.test(unwrapped)) return
  yield ['signature-unpadded', `${unwrapped}=`]
  const standard = unwrapped.replaceAll('-', '+').replaceAll('_', '/')
  yield ['signature-base64url', standard]
  yield ['signature-base64url', `${standard}=`]
  if (isBase64OfHex(unwrapped)) yield ['signature-encoded-twice', atob(unwrapped)]
}

/** 64 characters take 88 of padded base64. */
function isBase64OfHex(value: string): boolean {
  return /^[A-Za-z0-9+/]{86}==$/.test(value)
}
