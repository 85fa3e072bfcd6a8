// Redacts names, messages, phone numbers and email addresses in any JSON. Names and messages are found by their member,
// phone numbers and email addresses also by their format.

const personalMember =
  /name$|phone|mobile|email|^(from|to|waid|senderid|recipient_id|frombsuid|bsuid|picture|address)$/i
// What people write. `title` counts only where a customer selected it: errors have one too.
const textMember = /^(text|body|caption|headline|response_json)$/i
const textContainer = /^(button_reply|list_reply|nfm_reply|(body|header|button|variable)values|flow_?data)$/i
const idMember = /^(id|type)$/i
// Ten digits can be seconds since the epoch, but only in a member with such a name.
const timeMember = /timestamp$/i
const phone = /(?<![\w.+-])(\+\d(?:[ ().-]{0,2}\d){6,14}|\d{10,15}|\d{5} \d{5})(?![\w-])/g
// Bounded, so that a long string without a match takes linear time.
const email = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g
// WhatsApp's ids contain the phone number in base64.
const whatsappId = /\bwamid\.[\w+/=-]+/g

/** Keeps the first letter of a name or of a message. */
export function redactName(name: string): string {
  const [first = ''] = name.trim()
  return first && `${first}•••`
}

/** Keeps the last two digits of a phone number. */
export function redactPhone(number: string): string {
  return number && `•••${number.slice(-2)}`
}

/** Redacts phone numbers, email addresses and the given names in a string. */
export function redactText(text: string, names: readonly string[] = []): string {
  return redactWords(text, splitNames(names))
}

function redactWords(text: string, words: readonly string[]): string {
  // Too short to be personal. Saves time, because a payload can contain many such strings.
  if (text.length < 3) return text
  const redacted = text
    .replace(whatsappId, (id) => `wamid.•••${id.slice(-6)}`)
    .replace(email, redactName)
    .replace(phone, redactPhone)
  return words.reduce((result, word) => result.replaceAll(word, redactName), redacted)
}

/** Copies a payload with all names, messages, phone numbers and email addresses redacted. */
export function redactPayload(payload: unknown): unknown {
  const words = splitNames(findNames(payload))

  function redact(value: unknown, member: string, { isPersonal, isText }: RedactionContext): unknown {
    if (typeof value === 'string') {
      if (timeMember.test(member)) return value
      if (isPersonal) return redactPersonal(value)
      return (isText && !idMember.test(member)) || textMember.test(member)
        ? redactName(value)
        : redactWords(value, words)
    }
    if (typeof value === 'number') return isPersonal || !isTime(value, member) ? redactNumber(value, isPersonal) : value
    if (Array.isArray(value)) return value.map((item) => redact(item, member, { isPersonal, isText }))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, item]) => [
      redactText(key),
      redact(item, key, {
        isPersonal: isPersonal || personalMember.test(key),
        isText: isText || textContainer.test(key),
      }),
    ])
    return Object.fromEntries(entries)
  }
  return redact(payload, '', { isPersonal: false, isText: false })
}

/** Which members a value is inside of. */
interface RedactionContext {
  readonly isPersonal: boolean
  readonly isText: boolean
}

function isTime(value: number, member: string): boolean {
  return timeMember.test(member) || Math.abs(value) < 1e9
}

function redactNumber(value: number, isPersonal: boolean): number | string {
  const text = `${value}`
  return isPersonal || /^\d{10,15}$/.test(text) ? redactPhone(text) : value
}

function redactPersonal(text: string): string {
  return /^\+?[\d ().-]+$/.test(text) ? redactPhone(text) : redactName(text)
}

/** Finds the contact's names in a payload. Messages of the account often start with them. */
function findNames(payload: unknown): readonly string[] {
  const { contact, flowResponse, phone, name } = Object(payload)
  const values: unknown[] = [Object(contact).name, Object(flowResponse).contactName, Array.isArray(phone) ? name : '']
  return values.filter((value) => typeof value === 'string').map((value) => value.slice(0, maxNameLength))
}

// Each word is searched for in every string, so an untrusted name must not have many words.
const maxNameLength = 100
const maxWords = 8

/** Lists each name and its words. Skips words of one or two letters, which are too common. */
function splitNames(names: readonly string[]): readonly string[] {
  const words = names.flatMap((name) => [name, ...name.split(/\s+/, maxWords)])
  return [...new Set(words)].filter((word) => word.trim().length > 2)
}
