import type { OutcomeRecord, ReceiverOptions } from 'gallabox-webhooks'

/** Creates a handler of any adapter that accepts every verified delivery and records the outcomes. */
export function recordingHandler<H>(
  webhookHandler: (options: ReceiverOptions) => H,
  secret: string,
  options: Partial<ReceiverOptions> = {},
) {
  const records: OutcomeRecord[] = []
  const onOutcome = (record: OutcomeRecord) => records.push(record)
  return { handler: webhookHandler({ secret, onEvent: () => {}, onOutcome, ...options }), records }
}
