import { findings } from '../../../diagnose/findings.js'
import { findLogEntry } from '../../../diagnose/log-entry.js'
import { canonicalEventName, eventNameHeader } from '../../../events/names.js'
import { didYouMean } from '../../../platform/nearest-name.js'
import { signatureHeader } from '../../../signature/verify-signature.js'
import {
  type SampledEventName,
  sampledEventTypes,
  samplePayload,
  sampleVariants,
} from '../../../testing/samples/index.js'
import { signBody } from '../../../testing/sign.js'
import type { OutgoingDelivery } from '../../shared/delivery/types.js'
import { isHeaderValue, readInputFile, UsageError } from '../../shared/options.js'
import { refreshPayload } from '../../shared/refresh-payload.js'
import type { Terminal } from '../../shared/terminal.js'
import { tamper } from './tamper.js'

export interface SendPlanOptions {
  readonly events: readonly string[]
  /** Sends every event that has a sample. */
  readonly all: boolean | undefined
  /** Which sample of the event. Default: its first. */
  readonly variant: string | undefined
  /** The file with the body. Default: a sample of each event. */
  readonly data: string | undefined
  /** The number of deliveries of each event. */
  readonly count: number
  /** Sends the same bytes each time. */
  readonly same: boolean | undefined
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
  /** Creates the deliveries one by one, so that memory use does not grow with their number. */
  readonly createDeliveries: () => Iterable<OutgoingDelivery>
}

/** Plans the deliveries to send. Throws a UsageError for an event without a sample. */
export async function createPlan(terminal: Terminal, options: SendPlanOptions): Promise<SendPlan> {
  const names = listNames(options)
  const body = options.data === undefined ? undefined : await readInputFile(options.data, terminal)
  if (body && names.length > 1) throw new UsageError('--data is the body of one event. Pass only one event.')
  const copied = body && findLogEntry(body)
  if (copied) terminal.note(`--data: ${findings[copied].message}${copied === 'body-log-entry' ? unwrapHint : ''}`)
  const sources = names.map((name) => ({ name, createBody: body ? () => body : createBodySource(name, options) }))
  return {
    total: names.length * options.count,
    *createDeliveries() {
      for (let i = 0; i < options.count; i++)
        for (const { name, createBody } of sources) yield createDelivery(name, createBody(), options)
    },
  }
}

const unwrapHint = ' Send that member, or the receiver gets an unrecognized event.'

function listNames({ events, all, variant, data, as }: SendPlanOptions): readonly string[] {
  if (variant !== undefined && (all || data !== undefined))
    throw new UsageError('--variant selects the sample of one event. Remove --all and --data.')
  if (all && (events.length > 0 || data !== undefined))
    throw new UsageError('--all sends the sample of every event. Remove the event names and --data.')
  if (all) return sampledEventTypes
  const invalidName = [...events, ...(as === undefined ? [] : [as])].find((name) => name === '' || !isHeaderValue(name))
  if (invalidName !== undefined)
    throw new UsageError(`${JSON.stringify(invalidName)} is not a valid event name. It must be a header value.`)
  return events.length > 0 ? events : ['Message.Received']
}

function createBodySource(name: string, { same, variant }: SendPlanOptions): () => Uint8Array {
  const type = canonicalEventName(name)
  const sample = sampledEventTypes.find((sampled) => sampled === type)
  if (sample === undefined) {
    const problem = type
      ? `${type} has no sample.`
      : `Unknown event ${JSON.stringify(name)}.${didYouMean(name, sampledEventTypes)}`
    throw new UsageError(`${problem} Pass a body with --data. Samples: ${sampledEventTypes.join(', ')}.`)
  }
  const variants: readonly string[] = sampleVariants(sample)
  if (variant !== undefined && !variants.includes(variant)) {
    const hint = didYouMean(variant, variants) || ` Variants: ${variants.join(', ')}.`
    throw new UsageError(`${sample} has no variant ${JSON.stringify(variant)}.${hint}`)
  }
  const payload = samplePayload(sample as SampledEventName, variant as never)
  return () => Buffer.from(JSON.stringify(same ? payload : refreshPayload(payload)))
}

function createDelivery(name: string, body: Uint8Array, options: SendPlanOptions): OutgoingDelivery {
  const { secret, encoding, headers, method, as } = options
  const sentName = as ?? name
  const event = canonicalEventName(sentName) ?? sentName
  const signature = secret === undefined ? {} : { [signatureHeader]: signBody(body, secret, encoding) }
  const allHeaders = { 'content-type': 'application/json', [eventNameHeader]: event, ...signature, ...headers }
  return { event, method, headers: Object.entries(allHeaders), body: options.tamper ? tamper(body) : body }
}
