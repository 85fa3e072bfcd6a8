// The file that listen writes and replay reads: a line of JSON a delivery, with the bytes and headers as they came.
// It must not know what is done with a delivery. What it holds is signed and can be sent again: its owner alone may read it.
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { HeaderList } from './http-client.js'
import { UsageError } from './options.js'

/** One delivery as it came. */
export interface RecordedDelivery {
  readonly receivedAt: string
  readonly method: string
  /** Names in the sender's own spelling, in the order in which they came. */
  readonly headers: HeaderList
  /** The raw body, in base64, so that no byte is lost. */
  readonly body: string
}

// Bodies are seldom above 1 MiB. A file without line ends must not fill the memory.
const limitBytes = 64 * 1024 * 1024
const lineEnd = 0x0a

/** Appends a delivery to a file, which is made if there is none. Half a line, where a writer was interrupted, is left alone. */
export async function appendRecord(file: string, delivery: RecordedDelivery): Promise<void> {
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    const last = Buffer.of(lineEnd)
    if (size > 0) await handle.read(last, 0, 1, size - 1)
    await handle.appendFile(`${last[0] === lineEnd ? '' : '\n'}${JSON.stringify(delivery)}\n`)
  } finally {
    await handle.close()
  }
}

/** Tells whether others than its owner may read a file. False where there is none. */
export async function othersMayRead(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  const { mode } = await stat(file).catch(() => ({ mode: 0 }))
  return (mode & 0o077) !== 0
}

/**
 * Reads the deliveries of a file one by one. Lines that are none, such as half a line where a writer was interrupted, are
 * left out, and noted at the end. Throws a UsageError where all are such lines.
 */
export async function* readRecords(file: string, note: (text: string) => void): AsyncGenerator<RecordedDelivery> {
  let number = 0
  let found = 0
  let leftOut = 0
  // The line itself is not shown: it may be anybody's message.
  let first = ''
  for await (const line of readLines(file)) {
    number++
    if (line.trim() === '') continue
    const record = parseRecord(line)
    if (record) {
      found++
      yield record
    } else {
      leftOut++
      first ||= `${file}:${number} is no recorded delivery`
    }
  }
  if (leftOut === 0) return
  if (found === 0) throw new UsageError(`${first}.`)
  const more = leftOut > 1 ? `, nor are ${leftOut - 1} more lines` : ''
  note(`${first}${more}: left out, as probably not written to the end.`)
}

// Not node:readline: it has no limit.
async function* readLines(file: string): AsyncGenerator<string> {
  let pieces: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, start)) {
        yield Buffer.concat([...pieces, chunk.subarray(start, end)]).toString()
        pieces = []
        size = 0
        start = end + 1
      }
      pieces.push(chunk.subarray(start))
      size += chunk.length - start
      if (size > limitBytes) throw new UsageError(`${file} has a line above 64 MiB: it is no recording.`)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
  yield Buffer.concat(pieces).toString()
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
  const isText = (text: unknown) => typeof text === 'string'
  const isHeader = (header: unknown) => Array.isArray(header) && header.length === 2 && header.every(isText)
  const isBase64 = isText(body) && body.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(body)
  return isText(method) && isBase64 && !Number.isNaN(Date.parse(receivedAt)) && headers.every(isHeader)
}
