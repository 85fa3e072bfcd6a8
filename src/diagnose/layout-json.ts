const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c
const space = 0x20
const newline = 0x0a

/**
 * Adds whitespace to compact JSON, as `JSON.stringify` does with an indent. Without an indent it writes one line, with a
 * space after each comma and colon, as Python does.
 *
 * Indented lines grow with their depth: 64 kB can become hundreds of megabytes. So the result is written into `buffer`,
 * and undefined is returned if it does not fit.
 */
export function layoutJson(
  compact: Uint8Array,
  indent: string | undefined,
  buffer: Uint8Array,
): Uint8Array | undefined {
  const hasLines = indent !== undefined
  const indentByte = indent?.charCodeAt(0) ?? 0
  const width = indent?.length ?? 0
  let size = 0
  let depth = 0
  let isInString = false

  // Writing past the end of a typed array has no effect.
  for (let i = 0; i < compact.length && size <= buffer.length; i++) {
    const byte = compact[i] as number
    if (isInString) {
      buffer[size++] = byte
      if (byte === backslash) buffer[size++] = compact[++i] as number
      else if (byte === quote) isInString = false
      continue
    }
    if (isClosing(byte)) {
      depth--
      if (hasLines && !isOpening(compact[i - 1])) size = breakLine(buffer, size, indentByte, depth * width)
    }
    buffer[size++] = byte
    if (byte === quote) {
      isInString = true
    } else if (isOpening(byte)) {
      depth++
      if (hasLines && !isClosing(compact[i + 1])) size = breakLine(buffer, size, indentByte, depth * width)
    } else if (byte === comma && hasLines) {
      size = breakLine(buffer, size, indentByte, depth * width)
    } else if (byte === comma || byte === colon) {
      buffer[size++] = space
    }
  }
  return size <= buffer.length ? buffer.slice(0, size) : undefined
}

/** Writes a newline and an indent at a position. Returns the position after it. */
function breakLine(buffer: Uint8Array, position: number, indentByte: number, length: number): number {
  let size = position
  buffer[size++] = newline
  // Most indents are shorter than what a call of fill() pays for (measured).
  for (const end = size + length; size < end; size++) buffer[size] = indentByte
  return size
}

function isOpening(byte: number | undefined): boolean {
  return byte === 0x5b || byte === 0x7b
}

function isClosing(byte: number | undefined): boolean {
  return byte === 0x5d || byte === 0x7d
}
