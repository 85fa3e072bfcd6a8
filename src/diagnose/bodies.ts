// How a body can differ from the bytes that were signed, and what those may have been.
// It must not know signatures or secrets. It looks at bodies of strangers: what they hold must cost no more than its size.
import { bytesOfBinary, decodeUtf8, encodeUtf8 } from '../platform/bytes.js'
import type { DiagnosisCode } from './findings.js'

type Variant = readonly [code: DiagnosisCode, rawBody: Uint8Array]

/** Lists what else may have been signed, if a body is not it. */
export function* bodyVariants(rawBody: Uint8Array): Generator<Variant> {
  const hasBom = rawBody[0] === 0xef && rawBody[1] === 0xbb && rawBody[2] === 0xbf
  yield ['body-bom', hasBom ? rawBody.subarray(3) : new Uint8Array([0xef, 0xbb, 0xbf, ...rawBody])]
  const text = decodeUtf8(rawBody)
  if (text === undefined) return
  for (const [code, spelled] of textVariants(text)) yield [code, encodeUtf8(spelled)]

  const base64 = text.replace(/\s+/g, '')
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0) {
    yield ['body-base64', bytesOfBinary(atob(base64))]
  }
  const bytes = bytesOfLatin1(text)
  if (bytes) yield ['body-latin1', bytes]
}

function* textVariants(text: string): Generator<readonly [DiagnosisCode, string]> {
  const bare = text.trimEnd()
  for (const spaced of [bare, `${bare}\n`, `${bare}\r\n`, text.trim()]) yield ['body-whitespace', spaced]
  const unix = text.replaceAll('\r\n', '\n')
  yield ['body-line-ends', unix]
  yield ['body-line-ends', unix.replaceAll('\n', '\r\n')]
  for (const spelled of jsonSpellings(text)) yield ['body-reserialized', spelled]
}

function* jsonSpellings(text: string): Generator<string> {
  for (const layout of layouts(text)) {
    const ascii = layout.replace(/[^\0-\x7F]/g, escapeUnit)
    yield layout
    yield ascii
    // PHP escapes slashes; Go and Rails what means something in HTML.
    yield layout.replaceAll('/', '\\/')
    yield ascii.replaceAll('/', '\\/')
    yield layout.replace(/[<>&\u2028\u2029]/g, escapeUnit)
  }
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// Indented, a line costs as much as it is deep: a stranger's 64 kB could become hundreds of megabytes.
const mostIndented = 16

/** How deep brackets are nested. Those inside texts count too: it is a bound. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function* layouts(text: string): Generator<string> {
  try {
    const value: unknown = JSON.parse(text)
    const isDeep = depthOf(text) > mostIndented
    for (const given of [value, sortKeys(value)]) {
      yield JSON.stringify(given)
      if (isDeep) continue
      for (const indent of [1, 2, 3, 4, '\t']) yield JSON.stringify(given, null, indent)
      // One line with a space after each comma and colon, as Python writes it.
      yield JSON.stringify(given, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '')
    }
  } catch {
    // It is no JSON, or nested more deeply than the stack is high.
  }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, member]) => [key, sortKeys(member)]))
}

// What Windows calls Latin-1 has other characters than ISO 8859-1 in these 32 places.
const windows1252 =
  '\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178'

/** The bytes that give a text if they are taken for Latin-1; undefined if none do. */
function bytesOfLatin1(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const place = windows1252.indexOf(text.charAt(i))
    const byte = place === -1 ? text.charCodeAt(i) : 0x80 + place
    if (byte > 255) return undefined
    bytes[i] = byte
  }
  return bytes
}
