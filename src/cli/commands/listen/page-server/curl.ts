import { decodeUtf8 } from '../../../../platform/bytes.js'
import { type HeaderList, removeConnectionHeaders } from '../../../shared/http-client.js'
import type { LogEntry } from '../entry.js'

// The system limits the length of an argument: 128 KiB on Linux.
const maxArgumentBytes = 100_000

// Pasted into a terminal, a control character can end the line or the paste, and the rest would run as a command.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
const unsafeText = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/
const safeHeader = /^[\x20-\x7e]*$/

/**
 * Creates a shell command that sends a delivery again, byte for byte. Everything in the delivery is untrusted, so all of
 * it is quoted. A body that cannot be pasted safely is encoded in base64.
 */
export function createCurlCommand({ method, headers, body }: LogEntry, url: string): string {
  const text = decodeUtf8(body)
  const isArgument = text !== undefined && !unsafeText.test(text) && body.byteLength <= maxArgumentBytes
  const data = isArgument ? `--data-raw ${quote(text)}` : '--data-binary @-'
  const curl = [`curl -X ${quote(method)} ${quote(url)}`, ...createHeaderOptions(headers), data].join(' \\\n  ')
  return isArgument ? curl : `printf %s ${quote(Buffer.from(body).toString('base64'))} | base64 -d | ${curl}`
}

function createHeaderOptions(headers: HeaderList): readonly string[] {
  const options = removeConnectionHeaders(headers).map(([name, value]) => `-H ${quoteHeader(name, value)}`)
  // Without these, curl adds headers of its own.
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  return [
    ...options,
    ...['accept', 'content-type', 'user-agent']
      .filter((name) => !names.has(name))
      .map((name) => `-H ${quote(`${name}:`)}`),
  ]
}

function quoteHeader(name: string, value: string): string {
  // curl removes a header that has no value, unless a semicolon ends its name.
  if (value === '') return quote(`${name};`)
  const header = `${name}: ${value}`
  if (safeHeader.test(header)) return quote(header)
  // Node.js decodes headers as Latin-1, so each character is one byte.
  const escaped = Array.from(header, (character) =>
    safeHeader.test(character) && character !== '\\'
      ? character
      : `\\0${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"$(printf %b ${quote(escaped.join(''))})"`
}

/** Quotes a string for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
