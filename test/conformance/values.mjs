// How the values of a vector are written in JSON, and the two assertions that the suite needs.
// It must not know what the values are for.

/** The bytes, in the middle of a longer buffer: a view's offset and length must be honoured. */
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

/** Throws unless the two are the same JSON, absent members and all. */
export function assertEqual(actual, expected) {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value) ?? 'undefined')
  if (found !== wanted) throw new Error(`${shorten(found)} is not ${shorten(wanted)}`)
}

/** Throws unless a function throws a TypeError that names what to do instead. */
export function assertThrowsTypeError(run, named) {
  let result
  try {
    result = run()
  } catch (error) {
    if (error instanceof TypeError && error.message.includes(named)) return
    throw error
  }
  throw new Error(`${result} instead of a TypeError that names ${named}`)
}

function decodeBase64(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

// A text, a list of texts, or a long text as what it repeats and how often.
function decodeText(value) {
  return value.times === undefined ? value : value.text.repeat(value.times)
}

function shorten(text) {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
