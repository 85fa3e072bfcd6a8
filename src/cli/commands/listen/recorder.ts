// The recording while it is written: tried at the start, one line after the other, and never a reason to lose a delivery.
// It must not know which deliveries are worth recording.
import { open } from 'node:fs/promises'
import { UsageError } from '../../shared/options.js'
import { appendRecord, type RecordedDelivery } from '../../shared/recording.js'

export type Recorder = (delivery: RecordedDelivery) => Promise<void>

/**
 * Creates what appends to a file, which is made, or set, to be read by its owner alone. Throws a UsageError where it
 * cannot be written. What fails later is noted.
 */
export async function createRecorder(file: string, note: (text: string) => void): Promise<Recorder> {
  await prepare(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--record: ${file} cannot be written: ${error.code}.`)
  })
  // A long line is written in pieces, and two at once would mix theirs.
  let last = Promise.resolve()
  return (delivery) => {
    last = last
      .then(() => appendRecord(file, delivery))
      .catch((error: NodeJS.ErrnoException) => note(`A delivery could not be recorded in ${file}: ${error.code}.`))
    return last
  }
}

async function prepare(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600)
  try {
    // A pipe or a device belongs to somebody else.
    if ((await handle.stat()).isFile()) await handle.chmod(0o600)
  } finally {
    await handle.close()
  }
}
