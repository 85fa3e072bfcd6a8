import { encodeUtf8, parseJson } from '../platform/bytes.js'
import { escapeHtml, escapeNonAscii, escapeSlashes } from './escape-json.js'
import { layoutJson } from './layout-json.js'

// Bounds what an unverified body costs. All layouts of an ordinary body of 8 kB fit, and the first ones of one of 64 kB.
const maxBytes = 256 * 1024
const maxTotalBytes = 1024 * 1024
// JSON.stringify compares each object with all those around it: quadratic time in a deep body.
const maxDepth = 64

// The most common first. Undefined is Python's single line.
const indents = [undefined, '  ', '    ', '\t', ' ', '   ']

/** Yields the bytes that common serializers write for a JSON text. Yields nothing if it is not JSON or very deep. */
export function* serializeJson(text: string): Generator<Uint8Array> {
  const forms = new Set(compactForms(text).flatMap(escapedForms))
  yield* forms
  const buffer = new Uint8Array(maxBytes)
  let totalBytes = 0
  for (const indent of indents) {
    for (const form of forms) {
      if (totalBytes > maxTotalBytes) return
      const serialized = layoutJson(form, indent, buffer)
      totalBytes += serialized?.byteLength ?? maxBytes
      if (serialized) yield serialized
    }
  }
}

/** Returns the JSON without whitespace: with its keys in their order, and sorted. */
function compactForms(text: string): readonly string[] {
  try {
    const parsed = parseJson(text)
    const sorted = sortKeys(parsed, maxDepth)
    return [...new Set([JSON.stringify(parsed), JSON.stringify(sorted)])]
  } catch {
    return []
  }
}

/** Copies a value with its keys sorted. Throws a RangeError if it is nested more deeply than `levels`. */
function sortKeys(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) throw new RangeError('The value is nested too deeply.')
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, levels - 1))
  // Without a prototype. For other objects V8 creates a hidden class per set of keys, which is slow (measured).
  const sorted: Record<string, unknown> = Object.create(null)
  for (const key of Object.keys(value).sort()) sorted[key] = sortKeys((value as typeof sorted)[key], levels - 1)
  return sorted
}

/** Returns the JSON in UTF-8, with each combination of escapes. */
function escapedForms(json: string): readonly Uint8Array[] {
  const utf8 = encodeUtf8(json)
  const forms = utf8.byteLength === json.length ? [utf8] : [utf8, escapeNonAscii(json)]
  return [...forms, ...forms.map(escapeSlashes), escapeHtml(utf8)]
}
