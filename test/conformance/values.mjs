// Decodes the values of vectors, and the two assertions of the suite.

/** Decodes bytes into the middle of a longer buffer, to test that a view's offset and length are used. */
export function decodeBody(base64) {
  const bytes = decodeBase64(base64)
  const longer = new Uint8Array(bytes.length + 7).fill(0x78)
  longer.set(bytes, 3)
  return longer.subarray(3, 3 + bytes.length)
}

export function decodeHeaders(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, decodeText(value)]))
}

export function decodeSecret(secret) {
  if (Array.isArray(secret)) return secret.map(decodeSecret)
  return typeof secret === 'string' ? secret : decodeBase64(secret.base64)
}

export function encodeBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Throws unless both values have the same JSON. */
export function assertEqual(actual, expected) {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value) ?? 'undefined')
  if (found !== wanted) throw new Error(`${shorten(found)} is not ${shorten(wanted)}`)
}

/** Throws unless a function throws a TypeError whose message includes `text`. */
export function assertThrowsTypeError(run, text) {
  let result
  try {
    result = run()
  } catch (error) {
    if (error instanceof TypeError && error.message.includes(text)) return
    throw error
  }
  throw new Error(`${result} instead of a TypeError with ${text}`)
}

function decodeBase64(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

// A string, a list of strings, or a long string as the repeated part and its count.
function decodeText(value) {
  return value.times === undefined ? value : value.text.repeat(value.times)
}

function shorten(text) {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
