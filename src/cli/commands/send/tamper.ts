// Changing a body after it was signed. It must not know signatures.

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const zero = 0x30
const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d

/**
 * Changes one byte of a body, or adds a space where there is none to change, such that JSON stays JSON: what refuses it
 * then has looked at the signature.
 */
export function tamperWith(body: Uint8Array): Uint8Array {
  const place = findCharacter(body)
  if (place === undefined) return Buffer.concat([body, Buffer.from(' ')])
  const changed = Uint8Array.from(body)
  changed[place] = body[place] === zero ? zero + 1 : zero
  return changed
}

/** Finds the last letter or digit of the first text that is a member's value and ends with one. */
function findCharacter(body: Uint8Array): number | undefined {
  // Byte by byte, since a regular expression runs out of stack where a text is long.
  let before: number | undefined
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== quote) {
      if (!isSpace(body[i])) before = body[i]
      continue
    }
    const { end, lastIsEscaped } = findEnd(body, i)
    if (before === colon && !lastIsEscaped && /\w/.test(String.fromCharCode(body[end - 1] as number))) return end - 1
    before = quote
    i = end
  }
  return undefined
}

/** Finds the quote that ends a text. */
function findEnd(body: Uint8Array, start: number): { readonly end: number; readonly lastIsEscaped: boolean } {
  let lastIsEscaped = false
  let end = start + 1
  for (; end < body.length && body[end] !== quote; end++) {
    lastIsEscaped = body[end] === backslash
    if (lastIsEscaped) end++
  }
  return { end, lastIsEscaped }
}
