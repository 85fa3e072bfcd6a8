import { findings } from '../../../diagnose/findings.js'
import { findLogEntry } from '../../../diagnose/log-entry.js'
import { canonicalEventName, eventNameHeader } from '../../../events/names.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import { signBody } from '../../../testing/sign.js'
import type { OutgoingDelivery } from '../../shared/delivery/types.js'
import { isHeaderValue, readInputFile, UsageError } from '../../shared/options.js'
import type { Terminal } from '../../shared/terminal.js'
import { createSampleRound, defaultEvent, type Round, type SampleOptions } from './sample-round.js'
import { tamper } from './tamper.js'

export interface SendPlanOptions extends SampleOptions {
  /** The file with the body. Default: samples. */
  readonly data: string | undefined
  /** How often each delivery is sent. */
  readonly count: number
  /** Undefined for unsigned deliveries. */
  readonly secret: string | undefined
  readonly encoding: 'base64' | 'hex'
  readonly headers: Readonly<Record<string, string>>
  readonly method: string
  /** Changes each body after signing it. */
  readonly tamper: boolean | undefined
  /** The event name to send instead of the correct one. */
  readonly as: string | undefined
}

export interface SendPlan {
  readonly total: number
  /** The names that are sent. */
  readonly events: readonly string[]
  /** Creates the deliveries one by one, so that memory use does not grow with their number. */
  readonly createDeliveries: () => Iterable<OutgoingDelivery>
}

/** Plans the deliveries to send. Throws a UsageError for options that contradict each other and unknown events. */
export async function createPlan(terminal: Terminal, options: SendPlanOptions): Promise<SendPlan> {
  const { data, count } = options
  checkOptions(options)
  const round = data === undefined ? createSampleRound(terminal, options) : await readRound(terminal, data, options)
  return {
    total: round.names.length * count,
    events: round.names.map((name) => getSentName(name, options)),
    *createDeliveries() {
      for (let i = 0; i < count; i++)
        for (const { name, body } of round.createBodies()) yield createDelivery(name, body, options)
    },
  }
}

function checkOptions({ events, all, story, variant, data, set, as }: SendPlanOptions): void {
  if (variant !== undefined && (all || data !== undefined))
    throw new UsageError('--variant selects the sample of one event. Remove --all and --data.')
  if (all && (events.length > 0 || data !== undefined))
    throw new UsageError('--all sends the sample of every event. Remove the event names and --data.')
  if (story && (events.length > 0 || all || data !== undefined || variant !== undefined || as !== undefined))
    throw new UsageError('--story sends its own events. Remove the event names, --all, --data, --variant and --as.')
  if (set.length > 0 && data !== undefined)
    throw new UsageError('--set changes a sample, and --data is sent byte for byte. Remove one.')
  if (data !== undefined && events.length > 1)
    throw new UsageError('--data is the body of one event. Pass only one event.')
  const invalidName = [...events, ...(as === undefined ? [] : [as])].find((name) => name === '' || !isHeaderValue(name))
  if (invalidName !== undefined)
    throw new UsageError(`${JSON.stringify(invalidName)} is not a valid event name. It must be a header value.`)
}

async function readRound(terminal: Terminal, file: string, { events }: SendPlanOptions): Promise<Round> {
  const [name = defaultEvent] = events
  const body = await readInputFile(file, terminal)
  const copied = findLogEntry(body)
  if (copied) terminal.note(`--data: ${findings[copied].message}${copied === 'body-log-entry' ? unwrapHint : ''}`)
  return { names: [name], createBodies: () => [{ name, body }] }
}

const unwrapHint = ' Send that member, or the receiver gets an unrecognized event.'

function createDelivery(name: string, body: Uint8Array, options: SendPlanOptions): OutgoingDelivery {
  const { secret, encoding, headers, method } = options
  const event = getSentName(name, options)
  const signature = secret === undefined ? {} : { [signatureHeader]: signBody(body, secret, encoding) }
  const allHeaders = { 'content-type': 'application/json', [eventNameHeader]: event, ...signature, ...headers }
  return { event, method, headers: Object.entries(allHeaders), body: options.tamper ? tamper(body) : body }
}

function getSentName(name: string, { as = name }: SendPlanOptions): string {
  return canonicalEventName(as) ?? as
}
