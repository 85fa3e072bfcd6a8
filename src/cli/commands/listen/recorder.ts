import { open } from 'node:fs/promises'
import { UsageError } from '../../shared/options.js'
import { appendRecord, type RecordedDelivery } from '../../shared/recording.js'

export type Recorder = (delivery: RecordedDelivery) => Promise<void>

/**
 * Creates a function that appends deliveries to a file, which only its owner can read. Later write errors are reported,
 * and listen still handles the delivery.
 *
 * @throws UsageError if the file cannot be written.
 */
export async function createRecorder(file: string, note: (text: string) => void): Promise<Recorder> {
  await prepareFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--record: cannot write ${file}: ${error.code}.`)
  })
  // Writes one line at a time, because a long line is written in several chunks.
  let lastWrite = Promise.resolve()
  return (delivery) => {
    lastWrite = lastWrite
      .then(() => appendRecord(file, delivery))
      .catch((error: NodeJS.ErrnoException) => note(`Could not record a delivery in ${file}: ${error.code}.`))
    return lastWrite
  }
}

async function prepareFile(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600)
  try {
    // The mode of a pipe or device must not change.
    if ((await handle.stat()).isFile()) await handle.chmod(0o600)
  } finally {
    await handle.close()
  }
}
