// Changing a body after it was signed. It must not know signatures.

/** Changes a character of a body, such that JSON stays JSON: what refuses it then has looked at the signature. */
export function tamperWith(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body)
  // The last character of the first text that is a member's value.
  const [before] = /^.*?:\s*"(?:[^"\\]|\\.)*?[A-Za-z0-9](?=")/s.exec(text) ?? []
  if (before === undefined) return new TextEncoder().encode(`${text} `)
  const other = before.endsWith('0') ? '1' : '0'
  return new TextEncoder().encode(before.slice(0, -1) + other + text.slice(before.length))
}
