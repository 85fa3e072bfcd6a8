import { bytesOfBinary, decodeUtf8, encodeUtf8 } from '../platform/bytes.js'
import type { DiagnosisCode } from './findings.js'

type SecretVariant = readonly [code: DiagnosisCode, secret: string | Uint8Array]

/** Lists the secrets that the sender may have used instead of a secret. */
export function* secretVariants(secret: string | Uint8Array): Generator<SecretVariant> {
  const text = typeof secret === 'string' ? secret : decodeUtf8(secret)
  if (text !== undefined) yield* editedSecrets(text)
  const binary = typeof secret === 'string' ? secret : toBinaryString(secret)
  for (const bytes of new Set([binary, toBinaryString(encodeUtf8(binary))])) yield* encodedSecrets(bytes)
  for (const word of ['\0', 'undefined', 'null']) yield ['sender-without-secret', word]
}

function* editedSecrets(text: string): Generator<SecretVariant> {
  // A line break that was escaped by hand is whitespace too.
  const trimmed = text.trim().replace(/(\\[nr])+$/, '')
  yield ['secret-whitespace', trimmed]
  for (const space of ['\n', '\r\n', ' ', '  ', '\t']) {
    yield ['secret-whitespace', `${trimmed}${space}`]
    yield ['secret-whitespace', `${space}${trimmed}`]
  }
  yield ['secret-quotes', trimmed.replace(/^["'`“‘]+|["'`”’]+$/g, '').trim()]
  for (const [opening, closing] of ['""', "''", '``', '“”', '‘’'])
    yield ['secret-quotes', `${opening}${trimmed}${closing}`]
  yield* decodedSecrets(trimmed)
}

function* decodedSecrets(text: string): Generator<SecretVariant> {
  // Other services write whsec_ before the base64.
  const encoded = text.replace(/^whsec_/, '')
  if (/^([0-9a-f]{2})+$/i.test(encoded)) yield ['secret-not-decoded', decodeHex(encoded)]
  const base64 = encoded.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (/^[A-Za-z0-9+/]+$/.test(base64) && base64.length % 4 !== 1) {
    yield ['secret-not-decoded', bytesOfBinary(atob(base64))]
  }
}

function* encodedSecrets(binary: string): Generator<SecretVariant> {
  // A character above 255 is not a byte.
  if (/[^\0-\u00FF]/.test(binary)) return
  const base64 = btoa(binary)
  const base64url = base64.replaceAll('+', '-').replaceAll('/', '_')
  for (const encoded of [base64, base64url]) {
    yield ['secret-decoded', encoded]
    yield ['secret-decoded', encoded.replace(/=+$/, '')]
  }
  const hex = Array.from(bytesOfBinary(binary), (byte) => byte.toString(16).padStart(2, '0')).join('')
  yield ['secret-decoded', hex]
  yield ['secret-decoded', hex.toUpperCase()]
}

function toBinaryString(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function decodeHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}
