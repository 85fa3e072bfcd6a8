// What a user typed after the command: checked, with the secret taken from where it belongs.
// It must not know any one command.
import { readFile } from 'node:fs/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { maxTimerMs } from '../../platform/assert.js'
import { listSecrets } from '../../signature/secrets.js'
import type { Terminal } from './terminal.js'

/** The command was called wrongly. The message says what to change; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type OptionsConfig = NonNullable<ParseArgsConfig['options']>

/** Parses what was typed. Throws a UsageError for what is unknown or has no value. */
export function parseOptions<const O extends OptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's own message is a good one, but for its advice about "--".
    throw new UsageError((error as Error).message.replace(/\. To specify .*/s, '.'))
  }
}

/** The secrets: those that were typed, else the environment's. Empty where there is none. Throws a UsageError for a bad one. */
function secretsOf(typed: readonly string[] | undefined, { env }: Terminal): readonly string[] {
  const { GALLABOX_WEBHOOK_SECRET: fromEnvironment } = env
  const secrets = typed ?? (fromEnvironment === undefined ? [] : [fromEnvironment])
  try {
    for (const secret of secrets) listSecrets(secret)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return secrets
}

/** As `secretsOf`, for a command that can do nothing without one. */
export function requireSecrets(typed: readonly string[] | undefined, terminal: Terminal): readonly string[] {
  const secrets = secretsOf(typed, terminal)
  if (secrets.length > 0) return secrets
  throw new UsageError('There is no secret: set GALLABOX_WEBHOOK_SECRET, or pass --secret.')
}

/** Reads a whole number. */
export function integerOf(
  option: string,
  typed: string | undefined,
  byDefault: number,
  { min = 1, max = maxTimerMs } = {},
): number {
  if (typed === undefined) return byDefault
  const value = Number(typed)
  if (/^\d+$/.test(typed) && value >= min && value <= max) return value
  throw new UsageError(`--${option} must be a whole number from ${min} to ${max}.`)
}

/** Tells whether a header can carry a text: RFC 9110, section 5.5. */
export function isHeaderValue(text: string): boolean {
  return /^[\t\x20-\x7E\x80-\xFF]*$/.test(text)
}

/** Reads headers, each typed as `Name: value`. */
export function headersOf(option: string, typed: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    typed.map((header) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(header) ?? []
      if (name === undefined || value === undefined) throw new UsageError(`--${option} must be "Name: value".`)
      if (!isHeaderValue(value)) throw new UsageError(`--${option} ${name} has a character that no header can carry.`)
      return [name.toLowerCase(), value]
    }),
  )
}

/** Reads an http or https address. A user and a password in it must be decodable. */
export function urlOf(what: string, typed: string | undefined): URL {
  if (typed !== undefined && URL.canParse(typed)) {
    const url = new URL(typed)
    if (/^https?:$/.test(url.protocol) && isDecodable(url.username + url.password)) return url
  }
  throw new UsageError(`${what} must be an address such as http://localhost:3000/webhooks/gallabox.`)
}

function isDecodable(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === 'string'
  } catch {
    return false
  }
}

/** Reads a file that was named; "-" is standard input. Throws a UsageError where it cannot be read. */
export async function readNamedFile(name: string, terminal: Terminal): Promise<Uint8Array> {
  if (name === '-') return terminal.readInput()
  return readFile(name).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${name} cannot be read: ${error.code}.`)
  })
}
