// The signature checker. It sends nothing: the content policy of its page forbids every request.
import { canonicalEventName, diagnose, eventTypes, type GallaboxEvent, parseEvent } from 'gallabox-webhooks'

/** A delivery to fill the form with. */
export interface Example {
  readonly name: string
  readonly body: string
  readonly signature: string
  readonly secret: string
}

/** One part of the result. */
interface Finding {
  readonly isValid: boolean
  readonly title: string
  /** A code that the documentation explains. */
  readonly code?: string
  readonly text: string
  readonly issues?: readonly string[]
}

/** Starts the checker inside an element that contains form.html. */
export function startChecker(root: HTMLElement, example: Example): void {
  const find = <T extends HTMLElement>(selector: string) => root.querySelector(selector) as T
  const fallback = find('.checker-fallback')
  // Browsers offer it on HTTPS, on localhost and for files.
  if (!globalThis.crypto?.subtle) {
    fallback.textContent = 'The checker needs cryptography, which this browser offers only over HTTPS and on localhost.'
    return
  }
  const form = find<HTMLFormElement>('form')
  const [body, signature, secret, name] = ['body', 'signature', 'secret', 'name'].map((id) =>
    find<HTMLInputElement>(`#checker-${id}`),
  ) as [HTMLInputElement, HTMLInputElement, HTMLInputElement, HTMLInputElement]
  const file = find<HTMLInputElement>('#checker-file')
  const show = find('.checker-show')
  const result = find('.checker-result')
  let check = 0

  fallback.remove()
  form.hidden = false
  find('datalist').append(...eventTypes.map((type) => Object.assign(document.createElement('option'), { value: type })))

  function clearResult(): void {
    check++
    result.replaceChildren()
  }

  function showFile(): void {
    const [chosen] = file.files ?? []
    const row = find('.checker-chosen')
    row.hidden = !chosen
    body.disabled = chosen !== undefined
    if (chosen) find('.checker-chosen > span').textContent = `${chosen.name}, ${chosen.size.toLocaleString('en')} bytes`
  }

  function showError(input: HTMLInputElement, text: string): void {
    input.setAttribute('aria-invalid', String(text !== ''))
    find(`#${input.id}-error`).textContent = text
  }

  /** Reports empty fields. Returns true if all are filled in. */
  function validate(): boolean {
    const isBodyMissing = !file.files?.length && body.value === ''
    showError(body, isBodyMissing ? 'Paste the raw body, or choose a file.' : '')
    showError(signature, signature.value === '' ? 'Paste the signature.' : '')
    showError(secret, secret.value === '' ? 'Enter the secret.' : '')
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    return !form.querySelector('[aria-invalid="true"]')
  }

  function showSecret(isVisible: boolean): void {
    secret.type = isVisible ? 'text' : 'password'
    show.textContent = isVisible ? 'Hide' : 'Show'
    show.setAttribute('aria-pressed', String(isVisible))
  }

  function removeFile(): void {
    file.value = ''
    showFile()
  }

  form.addEventListener('input', ({ target }) => {
    clearResult()
    if (target === file) showFile()
    const input = target === file ? body : (target as HTMLInputElement)
    if (input.hasAttribute('aria-invalid')) showError(input, '')
  })
  form.addEventListener('reset', () => {
    clearResult()
    for (const input of [body, signature, secret]) showError(input, '')
    showSecret(false)
    // The fields are emptied after this event.
    queueMicrotask(removeFile)
  })
  find('.checker-remove').addEventListener('click', () => {
    clearResult()
    removeFile()
    body.focus()
  })
  show.addEventListener('click', () => showSecret(secret.type === 'password'))
  find('.checker-example').addEventListener('click', () => {
    form.reset()
    removeFile()
    body.value = example.body
    signature.value = example.signature
    secret.value = example.secret
    name.value = example.name
    showSecret(true)
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    clearResult()
    if (!validate()) return
    const current = check
    const [chosen] = file.files ?? []
    const rawBody = chosen ? new Uint8Array(await chosen.arrayBuffer()) : body.value
    const findings = [await checkSignature(rawBody, signature.value, secret.value), ...checkEvent(name.value, rawBody)]
    // A field may have changed meanwhile.
    if (current === check) result.replaceChildren(...findings.map(createElement))
  })
}

async function checkSignature(rawBody: string | Uint8Array, signature: string, secret: string): Promise<Finding> {
  // The name is not signed, so any will do.
  const headers = { 'x-gallabox-signature': signature, 'x-event-name': 'Message.Received' }
  const { verified, code, message, hint } = await diagnose({ headers, rawBody }, { secret })
  const title = verified ? 'Valid signature' : 'Invalid signature'
  return { isValid: verified, title, code, text: `${message} ${hint}`.trim() }
}

/** Compares the payload with its event. Returns nothing without a name. */
function checkEvent(name: string, rawBody: string | Uint8Array): Finding[] {
  if (name.trim() === '') return []
  try {
    return [describeEvent(name.trim(), parseEvent(name, rawBody))]
  } catch (error) {
    return [{ isValid: false, title: 'Invalid payload', text: (error as Error).message.replace(/^body: i/, 'I') }]
  }
}

function describeEvent(name: string, event: GallaboxEvent): Finding {
  if (event.type !== 'unrecognized') {
    const alias = event.type === name ? '' : ` On the wire, the name of ${name} is ${event.type}.`
    return { isValid: true, title: event.type, text: `The payload has the shape of this event.${alias}` }
  }
  if (event.reason === 'unknown-name') {
    const text = 'This name is not among the 26 known events. Your handler gets the event as "unrecognized".'
    return { isValid: false, title: 'Unknown event name', text }
  }
  return {
    isValid: false,
    title: `Not a ${canonicalEventName(name)}`,
    text: 'The payload does not have the shape of this event. Your handler gets the event as "unrecognized".',
    issues: event.issues.map(({ path, expected, found }) => {
      const problem = found === 'missing' ? 'but it is missing' : `got ${found}`
      return `${path || 'The payload'}: must be ${expected}, ${problem}.`
    }),
  }
}

function createElement({ isValid, title, code, text, issues = [] }: Finding): HTMLElement {
  const element = document.createElement('div')
  element.className = isValid ? 'checker-valid' : 'checker-invalid'
  const heading = create('strong', `${isValid ? '✓' : '✗'} ${title}`)
  element.append(heading, ...(code === undefined ? [] : [' ', create('code', code)]), create('p', text))
  if (issues.length > 0) {
    const list = document.createElement('ul')
    list.append(...issues.map((issue) => create('li', issue)))
    element.append(list)
  }
  return element
}

function create(tag: string, text: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text })
}
