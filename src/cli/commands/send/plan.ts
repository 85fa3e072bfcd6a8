// What send sends: each event as often as was asked, signed, and forged if that was asked.
// It must not know networks.
import { canonicalEventName } from '../../../events/names.js'
import { type SampledEventName, sampledEventTypes, samplePayload } from '../../../testing/samples/index.js'
import { signBody } from '../../../testing/sign.js'
import type { Outgoing } from '../../shared/delivery/types.js'
import { isHeaderValue, readNamedFile, UsageError } from '../../shared/options.js'
import type { Terminal } from '../../shared/terminal.js'
import { withFreshIds } from './fresh-ids.js'
import { tamperWith } from './tamper.js'

export interface PlanOptions {
  readonly events: readonly string[]
  readonly all: boolean | undefined
  /** The name of a file with the body. */
  readonly data: string | undefined
  readonly count: number
  readonly same: boolean | undefined
  /** Undefined: unsigned. */
  readonly secret: string | undefined
  readonly encoding: 'base64' | 'hex'
  readonly headers: Readonly<Record<string, string>>
  readonly method: string
  readonly tamper: boolean | undefined
  /** The name to send instead of the true one. */
  readonly as: string | undefined
}

export interface Plan {
  readonly total: number
  /** Makes the deliveries one by one, so that a million of them need no memory. */
  readonly deliveries: () => Iterable<Outgoing>
}

/** Works out what to send. Throws a UsageError for a name that has no sample. */
export async function createPlan(terminal: Terminal, options: PlanOptions): Promise<Plan> {
  const names = namesOf(options)
  const body = options.data === undefined ? undefined : await readNamedFile(options.data, terminal)
  if (body && names.length > 1) throw new UsageError('--data is the body of one event: name one.')
  const make = names.map((name) => ({ name, create: body ? () => body : creatorOf(name, options) }))
  return {
    total: names.length * options.count,
    *deliveries() {
      for (let i = 0; i < options.count; i++) for (const { name, create } of make) yield sign(name, create(), options)
    },
  }
}

function namesOf({ events, all, data, as }: PlanOptions): readonly string[] {
  if (all && (events.length > 0 || data !== undefined)) throw new UsageError('--all is every event, from its sample.')
  if (all) return sampledEventTypes
  const unfit = [...events, ...(as === undefined ? [] : [as])].find((name) => name === '' || !isHeaderValue(name))
  if (unfit !== undefined) throw new UsageError(`${JSON.stringify(unfit)} cannot be a name: no header can carry it.`)
  return events.length > 0 ? events : ['Message.Received']
}

function creatorOf(name: string, { same }: PlanOptions): () => Uint8Array {
  const type = canonicalEventName(name)
  const sample = sampledEventTypes.find((sampled) => sampled === type)
  if (sample === undefined) {
    const why = type ? `No body of ${type} was ever published` : `There is no sample of ${JSON.stringify(name)}`
    throw new UsageError(`${why}: give one with --data. Samples: ${sampledEventTypes.join(', ')}.`)
  }
  const payload = samplePayload(sample as SampledEventName)
  return () => Buffer.from(JSON.stringify(same ? payload : withFreshIds(payload)))
}

function sign(name: string, body: Uint8Array, options: PlanOptions): Outgoing {
  const { secret, encoding, headers, method, tamper, as } = options
  const event = nameOnWire(as ?? name)
  const signature = secret === undefined ? {} : { 'x-gallabox-signature': signBody(body, secret, encoding) }
  const all = { 'content-type': 'application/json', 'x-event-name': event, ...signature, ...headers }
  return { event, method, headers: Object.entries(all), body: tamper ? tamperWith(body) : body }
}

function nameOnWire(name: string): string {
  return canonicalEventName(name) ?? name
}
