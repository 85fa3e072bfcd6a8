const maxBytes = 16 * 1024

/** Formats bytes as offset, hex and ASCII, 16 in a line. Longer bodies are truncated. */
export function formatHex(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, maxBytes))
  const lines = Array.from({ length: Math.ceil(shown.length / 16) }, (_, index) =>
    formatLine(16 * index, shown.subarray(16 * index, 16 * index + 16)),
  )
  const rest = bytes.byteLength - shown.length
  return [...lines, ...(rest > 0 ? [`… ${rest} more bytes`] : [])].join('\n')
}

function formatLine(offset: number, bytes: Buffer): string {
  const hex = bytes.toString('hex').replace(/..(?=.)/g, '$& ')
  const ascii = bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.')
  return `${offset.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${ascii}`
}
