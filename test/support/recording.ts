// A handler of whichever adapter that takes all that is genuine, and the records of how each delivery ended.
import type { OutcomeRecord, ReceiverOptions } from 'gallabox-webhooks'

export function recordingHandler<H>(
  webhookHandler: (options: ReceiverOptions) => H,
  secret: string,
  options: Partial<ReceiverOptions> = {},
) {
  const records: OutcomeRecord[] = []
  const onOutcome = (record: OutcomeRecord) => records.push(record)
  return { handler: webhookHandler({ secret, onEvent: () => {}, onOutcome, ...options }), records }
}
