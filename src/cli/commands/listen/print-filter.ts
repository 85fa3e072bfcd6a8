import { didYouMean } from '../../../platform/nearest-name.js'
import { parseEventName } from '../../shared/event-name.js'
import { UsageError } from '../../shared/options.js'
import type { EntryStatus, LogRow } from './page-server/protocol.js'

const groups = {
  verified: ['verified', 'unrecognized'],
  rejected: ['rejected'],
  failed: ['failed', 'accepted-unverified'],
} as const satisfies Record<string, readonly EntryStatus[]>

interface PrintFilterOptions {
  /** The values of --event. */
  readonly events: readonly string[] | undefined
  /** The values of --status. */
  readonly statuses: readonly string[] | undefined
  readonly hasSecret: boolean
}

/** Creates the function that selects the rows to print. Throws a UsageError for an unknown name. */
export function createPrintFilter({ events, statuses, hasSecret }: PrintFilterOptions): (row: LogRow) => boolean {
  const wantedEvents: readonly string[] | undefined = events?.map((name) => parseEventName('event', name))
  const wantedStatuses = statuses?.flatMap((name) => parseStatus(name, hasSecret))
  return ({ event, status }) => (wantedEvents?.includes(event) ?? true) && (wantedStatuses?.includes(status) ?? true)
}

function parseStatus(name: string, hasSecret: boolean): readonly EntryStatus[] {
  const names = Object.keys(groups)
  if (!Object.hasOwn(groups, name))
    throw new UsageError(
      `--status must be ${names.join(', ').replace(/, (\w+)$/, ' or $1')}.${didYouMean(name, names)}`,
    )
  if (!hasSecret && name !== 'failed')
    throw new UsageError(`--status ${name} needs the secret. Set GALLABOX_WEBHOOK_SECRET or pass --secret.`)
  return groups[name as keyof typeof groups]
}
