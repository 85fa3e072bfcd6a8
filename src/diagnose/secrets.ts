// How a secret can differ from the one that was typed into Gallabox.
// It must not know signatures or bodies.
import { bytesOfBinary, decodeUtf8, encodeUtf8 } from '../platform/bytes.js'
import type { DiagnosisCode } from './findings.js'

type Variant = readonly [code: DiagnosisCode, key: string | Uint8Array]

/** Lists what else the key may be, if a secret is not it. */
export function* secretVariants(secret: string | Uint8Array): Generator<Variant> {
  const text = typeof secret === 'string' ? secret : decodeUtf8(secret)
  if (text !== undefined) yield* textVariants(text)
  const binary = typeof secret === 'string' ? secret : binaryOf(secret)
  for (const bytes of new Set([binary, binaryOf(encodeUtf8(binary))])) yield* encodings(bytes)
  for (const word of ['\0', 'undefined', 'null']) yield ['sender-without-secret', word]
}

function* textVariants(text: string): Generator<Variant> {
  const bare = text.trim().replace(/(\\[nr])+$/, '')
  yield ['secret-whitespace', bare]
  for (const space of ['\n', '\r\n', ' ', '  ', '\t']) {
    yield ['secret-whitespace', `${bare}${space}`]
    yield ['secret-whitespace', `${space}${bare}`]
  }
  yield ['secret-quotes', bare.replace(/^["'`“‘]+|["'`”’]+$/g, '').trim()]
  for (const [opening, closing] of ['""', "''", '``', '“”', '‘’'])
    yield ['secret-quotes', `${opening}${bare}${closing}`]
  // Other services write whsec_ before base64.
  const encoded = bare.replace(/^whsec_/, '')
  if (/^([0-9a-f]{2})+$/i.test(encoded)) yield ['secret-not-decoded', bytesOfHex(encoded)]
  const base64 = encoded.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (/^[A-Za-z0-9+/]+$/.test(base64) && base64.length % 4 !== 1) {
    yield ['secret-not-decoded', bytesOfBinary(atob(base64))]
  }
}

/** The texts that decode to some bytes. */
function* encodings(binary: string): Generator<Variant> {
  // A character above 255: it never was a byte.
  if (/[^\0-\u00FF]/.test(binary)) return
  const base64 = btoa(binary)
  const hex = Array.from(bytesOfBinary(binary), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const url = base64.replaceAll('+', '-').replaceAll('/', '_')
  for (const text of [base64, url]) {
    yield ['secret-decoded', text]
    yield ['secret-decoded', text.replace(/=+$/, '')]
  }
  yield ['secret-decoded', hex]
  yield ['secret-decoded', hex.toUpperCase()]
}

function binaryOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}
