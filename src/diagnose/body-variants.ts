import { bytesOfBinary, concatBytes, decodeUtf8, encodeUtf8 } from '../platform/bytes.js'
import type { DiagnosisCode } from './findings.js'
import { serializeJson } from './serialize-json.js'

type BodyVariant = readonly [code: DiagnosisCode, rawBody: Uint8Array]

const bom = Uint8Array.of(0xef, 0xbb, 0xbf)

/** Yields the bytes that may have been signed instead of a body. Takes time in proportion to the body. */
export function* bodyVariants(rawBody: Uint8Array): Generator<BodyVariant> {
  yield ['body-bom', withOrWithoutBom(rawBody)]
  const text = decodeUtf8(rawBody)
  if (text === undefined) return
  for (const [code, edited] of editedTexts(text)) if (edited !== text) yield [code, encodeUtf8(edited)]
  // Before the serializations, which are many.
  const base64 = text.replace(/\s+/g, '')
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0) {
    yield ['body-base64', bytesOfBinary(atob(base64))]
  }
  const bytes = encodeLatin1(text)
  if (bytes) yield ['body-latin1', bytes]
  for (const serialized of serializeJson(text)) yield ['body-reserialized', serialized]
}

function withOrWithoutBom(rawBody: Uint8Array): Uint8Array {
  if (bom.every((byte, i) => rawBody[i] === byte)) return rawBody.subarray(bom.length)
  return concatBytes(bom, rawBody)
}

function* editedTexts(text: string): Generator<readonly [DiagnosisCode, string]> {
  const trimmed = text.trimEnd()
  for (const edited of [trimmed, `${trimmed}\n`, `${trimmed}\r\n`, text.trim()]) yield ['body-whitespace', edited]
  const unix = text.replaceAll('\r\n', '\n')
  yield ['body-line-endings', unix]
  yield ['body-line-endings', unix.replaceAll('\n', '\r\n')]
}

// Decoders read Latin-1 as Windows-1252, which differs from ISO 8859-1 in the 32 characters from 0x80 on.
const windows1252 =
  '\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178'

/** Returns the bytes of which a string is the Latin-1 form, or undefined if there are none. */
function encodeLatin1(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const index = code < 0x80 ? -1 : windows1252.indexOf(text.charAt(i))
    const byte = index === -1 ? code : 0x80 + index
    if (byte > 255) return undefined
    bytes[i] = byte
  }
  return bytes
}
