// The file that `listen --record` writes and `replay` reads: one line of JSON per delivery. It contains signatures that
// can be sent again, so only its owner may read it.
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { HeaderList } from './http-client.js'
import { UsageError } from './options.js'

/** A delivery as it was received. */
export interface RecordedDelivery {
  readonly receivedAt: string
  readonly method: string
  /** In the sender's letter case and order. */
  readonly headers: HeaderList
  /** The raw body in base64. */
  readonly body: string
}

// Far above the size of any delivery. Keeps a file without line breaks from filling the memory.
const maxLineBytes = 64 * 1024 * 1024
const lineFeed = 0x0a

/** Appends a delivery to a file, which is created if necessary. Starts a new line after an incomplete one. */
export async function appendRecord(file: string, delivery: RecordedDelivery): Promise<void> {
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    const lastByte = Buffer.of(lineFeed)
    if (size > 0) await handle.read(lastByte, 0, 1, size - 1)
    await handle.appendFile(`${lastByte[0] === lineFeed ? '' : '\n'}${JSON.stringify(delivery)}\n`)
  } finally {
    await handle.close()
  }
}

/** Returns true if users other than the owner can read the file. */
export async function isReadableByOthers(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  const { mode } = await stat(file).catch(() => ({ mode: 0 }))
  return (mode & 0o077) !== 0
}

/**
 * Reads the deliveries of a file one by one. Skips invalid lines, such as an incomplete one after an interruption.
 * Reports the skipped lines at the end. Throws a UsageError if no line is valid.
 */
export async function* readRecords(file: string, note: (text: string) => void): AsyncGenerator<RecordedDelivery> {
  let lineNumber = 0
  let validLines = 0
  let invalidLines = 0
  let firstInvalidLine = 0
  for await (const line of readLines(file)) {
    lineNumber++
    if (line.trim() === '') continue
    const record = parseRecord(line)
    if (record) {
      validLines++
      yield record
    } else {
      invalidLines++
      firstInvalidLine ||= lineNumber
    }
  }
  if (invalidLines === 0) return
  // Does not show the line, which may contain a customer's message.
  const problem = `${file}:${firstInvalidLine}: invalid record`
  if (validLines === 0) throw new UsageError(`${problem}. Pass a file written by listen --record.`)
  const more = invalidLines > 1 ? `, and ${invalidLines - 1} more` : ''
  note(`${problem}${more}. Skipped, probably incomplete.`)
}

// Does not use node:readline, which has no limit on the length of a line.
async function* readLines(file: string): AsyncGenerator<string> {
  let chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
        yield Buffer.concat([...chunks, chunk.subarray(start, end)]).toString()
        chunks = []
        size = 0
        start = end + 1
      }
      chunks.push(chunk.subarray(start))
      size += chunk.length - start
      if (size > maxLineBytes) throw new UsageError(`${file}: a line is longer than 64 MiB. This is not a recording.`)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Cannot read ${file}: ${(error as NodeJS.ErrnoException).code}.`)
  }
  yield Buffer.concat(chunks).toString()
}

function parseRecord(line: string): RecordedDelivery | undefined {
  try {
    const record = JSON.parse(line) as RecordedDelivery
    return isRecord(record) ? record : undefined
  } catch {
    return undefined
  }
}

function isRecord({ receivedAt, method, headers, body }: RecordedDelivery): boolean {
  const isString = (value: unknown) => typeof value === 'string'
  const isHeader = (header: unknown) => Array.isArray(header) && header.length === 2 && header.every(isString)
  const isBase64 = isString(body) && body.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(body)
  return isString(method) && isBase64 && !Number.isNaN(Date.parse(receivedAt)) && headers.every(isHeader)
}
