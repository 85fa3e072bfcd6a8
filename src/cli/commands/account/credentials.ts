import { UsageError } from '../../shared/options.js'
import type { Terminal } from '../../shared/terminal.js'

export interface ApiCredentials {
  readonly apiKey: string
  readonly apiSecret: string
}

const variables = ['GALLABOX_API_KEY', 'GALLABOX_API_SECRET'] as const
type CredentialVariable = (typeof variables)[number]

/** Reads the credentials of the REST API from the environment. Throws a UsageError if one is missing or invalid. */
export function readCredentials({ env }: Terminal): ApiCredentials {
  const missing = variables.filter((name) => !env[name]?.trim())
  if (missing.length > 0) {
    const problem = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing.`
    throw new UsageError(`${problem} Create an API key in Gallabox, and set both variables.`)
  }
  const [apiKey, apiSecret] = variables.map((name) => checkCredential(name, env[name] as string))
  return { apiKey, apiSecret } as ApiCredentials
}

function checkCredential(name: CredentialVariable, value: string): string {
  if (value !== value.trim()) throw new UsageError(`${name} starts or ends with whitespace. Remove it.`)
  // Some readers of .env files keep the quotation marks.
  if (/^["'`“”‘’]|["'`“”‘’]$/.test(value))
    throw new UsageError(`${name} contains quotation marks. Set it without them.`)
  if (!/^[\x21-\x7E]+$/.test(value))
    throw new UsageError(`${name} contains a character that is not printable ASCII. Copy it from Gallabox again.`)
  return value
}

/** Removes the credentials from untrusted text, in case a server sends them back. */
export type HideCredentials = (text: string) => string

export function createHideCredentials({ apiKey, apiSecret }: ApiCredentials): HideCredentials {
  // The longer one first, in case it contains the other. Host names are in lower case.
  const values = [apiKey, apiSecret].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(values.map(escapePattern).join('|'), 'gi')
  return (text) => text.replace(pattern, '•••')
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
