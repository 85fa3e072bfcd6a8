// Hiding who a payload is about: names, phones and addresses, until somebody asks.
// It must not know events: what it hides it knows by the names of members, and phones by their look.

const personal = /name$|phone|mobile|email|^(from|to|waid|senderid|recipient_id|frombsuid|bsuid|picture|address)$/i
// Ten digits may be the seconds since the epoch, but only where a member says so.
const time = /timestamp$/i
const phone = /(?<![\w.+-])(\+\d(?:[ ().-]{0,2}\d){6,14}|\d{10,15}|\d{5} \d{5})(?![\w-])/g
// Bounded, so that a long text without one takes no time.
const email = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g
// WhatsApp's own ids have the phone inside, in base64.
const whatsappId = /\bwamid\.[\w+/=-]+/g

/** Hides a name: its first letter is left. */
export function maskName(name: string): string {
  const [first = ''] = name.trim()
  return first && `${first}•••`
}

/** Hides a phone: its last two digits are left. */
export function maskPhone(number: string): string {
  return number && `•••${number.slice(-2)}`
}

/** Hides the phones and email addresses in a text, and names that are known from elsewhere. */
export function maskText(text: string, names: readonly string[] = []): string {
  // Nothing that is hidden is as short, and a stranger may send very many of these.
  if (text.length < 3) return text
  const masked = text
    .replace(whatsappId, (id) => `wamid.•••${id.slice(-6)}`)
    .replace(email, maskName)
    .replace(phone, maskPhone)
  return wordsOf(names).reduce((left, word) => left.replaceAll(word, maskName), masked)
}

/** Copies a payload in which nobody can be recognized by name or number. */
export function maskPayload(payload: unknown): unknown {
  const names = namesIn(payload)

  function mask(value: unknown, member: string, hide: boolean): unknown {
    if (typeof value === 'string') {
      if (time.test(member)) return value
      return hide ? maskPersonal(value) : maskText(value, names)
    }
    if (typeof value === 'number') return hide || !isTime(value, member) ? maskNumber(value, hide) : value
    if (Array.isArray(value)) return value.map((item) => mask(item, member, hide))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [maskText(key), mask(item, key, hide || personal.test(key))]),
    )
  }
  return mask(payload, '', false)
}

function isTime(value: number, member: string): boolean {
  return time.test(member) || Math.abs(value) < 1e9
}

function maskNumber(value: number, hide: boolean): number | string {
  const text = `${value}`
  return hide || /^\d{10,15}$/.test(text) ? maskPhone(text) : value
}

function maskPersonal(text: string): string {
  return /^\+?[\d ().-]+$/.test(text) ? maskPhone(text) : maskName(text)
}

/** The contact's names, wherever a body has them: texts written by the account begin with them. */
function namesIn(payload: unknown): readonly string[] {
  const { contact, flowResponse, phone, name } = Object(payload)
  const found: unknown[] = [Object(contact).name, Object(flowResponse).contactName, Array.isArray(phone) ? name : '']
  return found.filter((item) => typeof item === 'string').map((name) => name.slice(0, mostOfName))
}

// Each word is looked for in each text, so a stranger's must not be many.
const mostOfName = 100
const mostWords = 8

// The whole first. A word of two letters may be any word.
function wordsOf(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, ...name.split(/\s+/, mostWords)]).filter((word) => word.trim().length > 2)
}
