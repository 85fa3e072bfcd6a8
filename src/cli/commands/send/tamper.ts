const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const zero = 0x30
const isWhitespace = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/**
 * Changes one byte of a body, or appends a space if no byte can be changed. JSON stays valid, so a receiver that rejects
 * the body has verified its signature.
 */
export function tamper(body: Uint8Array): Uint8Array {
  const index = findChangeableByte(body)
  if (index === undefined) return Buffer.concat([body, Buffer.from(' ')])
  const changed = Uint8Array.from(body)
  changed[index] = body[index] === zero ? zero + 1 : zero
  return changed
}

/** Finds the last character of the first string value that ends with a letter or digit. */
function findChangeableByte(body: Uint8Array): number | undefined {
  // Byte by byte, because a regular expression overflows the stack on a long string.
  let previous: number | undefined
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== quote) {
      if (!isWhitespace(body[i])) previous = body[i]
      continue
    }
    const { end, endsEscaped } = findStringEnd(body, i)
    const isValue = previous === colon
    if (isValue && !endsEscaped && /\w/.test(String.fromCharCode(body[end - 1] as number))) return end - 1
    previous = quote
    i = end
  }
  return undefined
}

/** Finds the closing quote of the string that starts at an index. */
function findStringEnd(body: Uint8Array, start: number): { readonly end: number; readonly endsEscaped: boolean } {
  let endsEscaped = false
  let end = start + 1
  for (; end < body.length && body[end] !== quote; end++) {
    endsEscaped = body[end] === backslash
    if (endsEscaped) end++
  }
  return { end, endsEscaped }
}
