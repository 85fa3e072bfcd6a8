// Hiding who a payload is about: names, phones and addresses, until somebody asks.
// It must not know events: what it hides it knows by the names of members, and phones by their look.

const personal = /name$|phone|mobile|email|^(from|to|waid|senderid|recipient_id|frombsuid|bsuid|picture|address)$/i
// Longer than the seconds since the epoch are, or with a plus.
const phone = /(?<![\w.-])(\+\d{7,15}|\d{11,15})(?![\w-])/g

/** Hides a name: its first letter is left. */
export function maskName(name: string): string {
  const [first = ''] = name.trim()
  return first && `${first}•••`
}

/** Hides a phone: its last two digits are left. */
export function maskPhone(number: string): string {
  return number && `•••${number.slice(-2)}`
}

/** Hides the phones in a text. */
export function maskText(text: string): string {
  return text.replace(phone, maskPhone)
}

/** Copies a payload in which nobody can be recognized by name or number. */
export function maskPayload(value: unknown, hide = false): unknown {
  if (typeof value === 'string') return hide ? maskPersonal(value) : maskText(value)
  if (Array.isArray(value)) return value.map((item) => maskPayload(item, hide))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([member, item]) => [member, maskPayload(item, hide || personal.test(member))]),
  )
}

function maskPersonal(text: string): string {
  return /^\+?\d+$/.test(text) ? maskPhone(text) : maskName(text)
}
