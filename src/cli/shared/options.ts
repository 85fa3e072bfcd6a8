// Parses command-line arguments. Each error names the option and never shows a secret.
import { readFile } from 'node:fs/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { maxTimerMs } from '../../platform/check-options.js'
import { listSecrets } from '../../signature/secrets.js'
import type { Terminal } from './terminal.js'

/** Thrown for an invalid argument. The message says what to change. Exit code: 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type OptionsConfig = NonNullable<ParseArgsConfig['options']>

/** Parses options and positional arguments. Throws a UsageError for an unknown option or a missing value. */
export function parseOptions<const O extends OptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Removes the hint about "--" from Node's message.
    throw new UsageError((error as Error).message.replace(/\. To specify .*/s, '.'))
  }
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

/** Parses an http or https URL. Its user and password must be decodable. */
export function parseUrl(argument: string, value: string | undefined): URL {
  if (value !== undefined && URL.canParse(value)) {
    const url = new URL(value)
    if (/^https?:$/.test(url.protocol) && isDecodable(url.username + url.password)) return url
  }
  throw new UsageError(`${argument} must be an http or https URL, such as http://localhost:3000/webhooks/gallabox.`)
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
  if (name === '-') return terminal.readInput()
  return readFile(name).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Cannot read ${name}: ${error.code}.`)
  })
}
