// How a signature can be misspelled, and what it was meant to be.
// It must not know secrets or bodies.
import type { SpelledDigest } from '../signature/hmac.js'
import { parseSignature } from '../signature/verify-signature.js'
import type { DiagnosisCode } from './findings.js'

/** A digest that was read out of a header, and what is wrong with its spelling, if anything is. */
export interface ReadSignature {
  readonly digest: SpelledDigest
  readonly code: DiagnosisCode
}

const bareSignature = /^[\w+/-]{43,88}={0,2}$/

/** Lists what the value of a signature's header may have been meant to be. */
export function readSignature(value: string | readonly string[]): readonly ReadSignature[] {
  if (typeof value !== 'string') return value.flatMap(readSignature).map(({ digest }) => repeated(digest))
  const digest = parseSignature(value)
  if (digest) return [{ digest, code: digest.encoding === 'hex' ? 'signature-hex' : 'genuine' }]
  // A stranger's header of a megabyte is not worth a look.
  if (value.length > 256) return []
  return [...misspelled(value)].flatMap(([code, text]) => {
    const digest = parseSignature(text)
    return digest ? [{ digest, code }] : []
  })
}

function repeated(digest: SpelledDigest): ReadSignature {
  return { digest, code: 'signature-repeated' }
}

function* misspelled(value: string): Generator<readonly [DiagnosisCode, string]> {
  const bare = value
    .trim()
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim()
  yield ['signature-wrapped', bare]
  yield [
    'signature-url-encoded',
    bare.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  ]
  yield ['signature-url-encoded', value.replaceAll(' ', '+')]
  for (const part of bare.split(',')) {
    if (part !== bare) yield ['signature-repeated', part.trim()]
    const [, prefixed] = /^[\w-]{1,24}[=: ]\s*(.{43,88})$/.exec(part.trim()) ?? []
    if (prefixed !== undefined) yield ['signature-prefixed', prefixed]
  }
  if (!bareSignature.test(bare)) return
  yield ['signature-unpadded', `${bare}=`]
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/')
  yield ['signature-base64url', standard]
  yield ['signature-base64url', `${standard}=`]
  if (bare.length === 88 && parsesAsBase64(bare)) yield ['signature-encoded-twice', atob(bare)]
}

function parsesAsBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]{86}==$/.test(text)
}
