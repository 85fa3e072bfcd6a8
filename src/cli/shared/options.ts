// Parses command-line arguments. Each error names the option and never shows a secret.
import { readFile } from 'node:fs/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { maxTimerMs } from '../../platform/check-options.js'
import { didYouMean } from '../../platform/nearest-name.js'
import { listSecrets } from '../../signature/secrets.js'
import type { Terminal } from './terminal.js'

/** Thrown for an invalid argument. The message says what to change. Exit code: 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Creates the error for a name that is not known, with the nearest known one, or all of them. */
export function unknownName(kind: string, name: string, known: readonly string[]): UsageError {
  const hint = didYouMean(name, known) || ` It must be one of ${known.join(', ')}.`
  return new UsageError(`Unknown ${kind} ${JSON.stringify(name)}.${hint}`)
}

type OptionsConfig = NonNullable<ParseArgsConfig['options']>

/** Parses options and positional arguments. Throws a UsageError for an unknown option or a missing value. */
export function parseOptions<const O extends OptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const { message } = error as Error
    const [, name] = /^Unknown option '--([^']*)'/.exec(message) ?? []
    // Keeps the first sentence of Node's message. The others are about "--".
    const problem = message.replace(/\.?(\n| To specify ).*/s, '')
    throw new UsageError(`${problem}.${name === undefined ? '' : suggestOption(name, Object.keys(options))}`)
  }
}

/** What `parseOptions` returns. */
export type ParsedOptions<O extends OptionsConfig> = ReturnType<typeof parseOptions<O>>

/** Says "Did you mean …?" with the option that starts with the name or is the nearest to it. */
function suggestOption(name: string, known: readonly string[]): string {
  const all = [...known, 'help', 'dotenv']
  const longer = name === '' ? undefined : all.find((option) => option.startsWith(name))
  const nearest = longer === undefined ? didYouMean(name, all) : ` Did you mean "${longer}"?`
  return nearest.replace('"', '"--')
}

/** Returns the values of --secret, else of GALLABOX_WEBHOOK_SECRET. Throws a UsageError if one is missing or invalid. */
export function requireSecrets(values: readonly string[] | undefined, { env }: Terminal): readonly string[] {
  const { GALLABOX_WEBHOOK_SECRET: fromEnvironment } = env
  const secrets = values ?? (fromEnvironment === undefined ? [] : [fromEnvironment])
  try {
    for (const secret of secrets) listSecrets(secret)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  if (secrets.length > 0) return secrets
  throw new UsageError('The secret is missing. Set GALLABOX_WEBHOOK_SECRET or pass --secret.')
}

export function parseInteger(
  option: string,
  value: string | undefined,
  defaultValue: number,
  { min = 1, max = maxTimerMs } = {},
): number {
  if (value === undefined) return defaultValue
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= min && number <= max) return number
  throw new UsageError(`--${option} must be an integer from ${min} to ${max}.`)
}

/** Parses the value of --method, in any letter case. Default: `POST`. */
export function parseMethod(value = 'POST'): string {
  if (/^[A-Za-z]+$/.test(value)) return value.toUpperCase()
  throw new UsageError('--method must be an HTTP method, such as PUT.')
}

/** Returns true if a header can contain the value: RFC 9110, section 5.5. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7E\x80-\xFF]*$/.test(value)
}

/** Parses headers of the form `Name: value`. Returns lower-case names. */
export function parseHeaders(option: string, values: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    values.map((header) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(header) ?? []
      if (name === undefined || value === undefined) throw new UsageError(`--${option} must be "Name: value".`)
      if (!isHeaderValue(value)) throw new UsageError(`--${option} ${name} contains an invalid character.`)
      return [name.toLowerCase(), value]
    }),
  )
}

/**
 * Parses an http or https URL. Its user and password must be decodable. A port such as `3000`, and a URL of this machine
 * without a scheme such as `localhost:3000/path`, get `http://`.
 */
export function parseUrl(argument: string, value: string | undefined): URL {
  const text = addLocalScheme(value ?? '')
  if (URL.canParse(text)) {
    const url = new URL(text)
    if (/^https?:$/.test(url.protocol) && isDecodable(url.username + url.password)) return url
  }
  const suggestion = /^[\w-]+(\.[\w-]+)+([:/?]|$)/.test(text) ? ' Put https:// before it.' : ''
  throw new UsageError(
    `${argument} must be an http or https URL, such as http://localhost:3000/webhooks/gallabox.${suggestion}`,
  )
}

function addLocalScheme(value: string): string {
  if (/^:?\d{1,5}([/?]|$)/.test(value)) return `http://localhost:${value.replace(/^:/, '')}`
  return /^(localhost|\d+(\.\d+){3}|\[[\da-f:.]+\])([:/?]|$)/i.test(value) ? `http://${value}` : value
}

function isDecodable(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === 'string'
  } catch {
    return false
  }
}

/** Reads a file, or standard input for "-". Throws a UsageError if the file cannot be read. */
export async function readInputFile(name: string, terminal: Terminal): Promise<Uint8Array> {
  if (name === '-') {
    if (terminal.inputIsTyped) terminal.note(`Reading the body from standard input. End it with ${endOfInput}.`)
    return terminal.readInput()
  }
  return readFile(name).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Cannot read ${name}: ${error.code}.`)
  })
}

const endOfInput = process.platform === 'win32' ? 'Ctrl-Z and Enter' : 'Ctrl-D'
