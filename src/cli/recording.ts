// The file that listen writes and replay reads: a line of JSON a delivery, with the bytes and headers as they came.
// It must not know what is done with a delivery. What it holds is signed and can be sent again: its owner alone may read it.
import { appendFile, open, stat } from 'node:fs/promises'
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

/** Appends a delivery to a file, which is made if there is none. */
export async function appendRecord(file: string, delivery: RecordedDelivery): Promise<void> {
  await appendFile(file, `${JSON.stringify(delivery)}\n`, { mode: 0o600 })
}

/** Tells whether others than its owner may read a file. */
export async function othersMayRead(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  const { mode } = await stat(file)
  return (mode & 0o077) !== 0
}

/**
 * Reads the deliveries of a file one by one. Throws a UsageError that names the first line that is none. The last line may
 * be half a line, where whoever wrote it was interrupted: that is noted, and left out.
 */
export async function* readRecords(file: string, note: (text: string) => void): AsyncGenerator<RecordedDelivery> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read: ${error.code}.`)
  })
  let number = 0
  let found = 0
  // The line itself is not shown: it may be anybody's message.
  let wrong = ''
  for await (const line of handle.readLines()) {
    number++
    if (wrong) throw new UsageError(wrong)
    if (line.trim() === '') continue
    const record = parseRecord(line)
    if (record) {
      found++
      yield record
    } else wrong = `${file}:${number} is no recorded delivery.`
  }
  if (wrong && found === 0) throw new UsageError(wrong)
  if (wrong) note(`${wrong} It is the last line, so it was probably not written to its end. It was left out.`)
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
  const texts = [receivedAt, method, body, ...headers.flat()]
  return texts.every((text) => typeof text === 'string') && headers.every((header) => header.length === 2)
}
