// The file that listen writes and replay reads: a line of JSON a delivery, with the bytes and headers as they came.
// It must not know what is done with a delivery. What it holds is signed and can be sent again: its owner alone may read it.
import { appendFile, readFile } from 'node:fs/promises'
import { UsageError } from './options.js'

/** One delivery as it came. */
export interface RecordedDelivery {
  readonly receivedAt: string
  readonly method: string
  /** Names in the sender's own spelling, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The raw body, in base64, so that no byte is lost. */
  readonly body: string
}

/** Appends a delivery to a file, which is made if there is none. */
export async function appendRecord(file: string, delivery: RecordedDelivery): Promise<void> {
  await appendFile(file, `${JSON.stringify(delivery)}\n`, { mode: 0o600 })
}

/** Reads all deliveries of a file. Throws a UsageError that names the first line that is none. */
export async function readRecords(file: string): Promise<readonly RecordedDelivery[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read: ${error.code}.`)
  })
  return text
    .split('\n')
    .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => parseRecord(line, place))
}

function parseRecord(line: string, place: string): RecordedDelivery {
  try {
    const record = JSON.parse(line) as RecordedDelivery
    if (isRecord(record)) return record
  } catch {
    // Said below, without the line: it may be anybody's message.
  }
  throw new UsageError(`${place} is no recorded delivery.`)
}

function isRecord({ receivedAt, method, headers, body }: RecordedDelivery): boolean {
  const texts = [receivedAt, method, body, ...headers.flat()]
  return texts.every((text) => typeof text === 'string') && headers.every((header) => header.length === 2)
}
