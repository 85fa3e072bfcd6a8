import { type SampledEventName, sampledEventTypes, samplePayload } from '../../../testing/samples/index.js'
import { createStory } from '../../../testing/samples/story.js'
import { UsageError } from '../../shared/options.js'
import { refreshPayload, refreshPayloads } from '../../shared/refresh-payload.js'
import type { Terminal } from '../../shared/terminal.js'
import { applyChanges, checkChanges, countChanged, type MemberChange } from './set-members.js'

export interface SampleOptions {
  readonly events: readonly string[]
  /** Sends every event that has a sample. */
  readonly all: boolean | undefined
  /** Sends the conversation of the samples in order. */
  readonly story: boolean | undefined
  /** Which sample of the event. Default: its first. */
  readonly variant: string | undefined
  /** The members to replace in the samples. */
  readonly set: readonly MemberChange[]
  /** Sends the same bytes each time. */
  readonly same: boolean | undefined
}

/** Deliveries that are sent once each, and again with `--count`. */
export interface Round {
  readonly names: readonly string[]
  /** Creates the body of each name, in the same order. */
  readonly createBodies: () => Iterable<{ readonly name: string; readonly body: Uint8Array }>
}

interface Sample {
  readonly name: string
  readonly payload: unknown
}

export const defaultEvent = 'Message.Received'

/** Plans a round of samples. Throws a UsageError for an event without a sample, an unknown variant or member. */
export function createSampleRound(terminal: Terminal, options: SampleOptions): Round {
  const { story, set, same } = options
  const samples = story ? listStory() : listSamples(options)
  const payloads = samples.map(({ payload }) => payload)
  checkChanges(set, payloads)
  noteIncompleteChanges(terminal, set, payloads)

  function* refresh(): Iterable<Sample> {
    if (same) yield* samples
    else if (story) yield* refreshStory(samples)
    else for (const { name, payload } of samples) yield { name, payload: refreshPayload(payload) }
  }

  return {
    names: samples.map(({ name }) => name),
    *createBodies() {
      for (const { name, payload } of refresh())
        yield { name, body: Buffer.from(JSON.stringify(applyChanges(payload, set))) }
    },
  }
}

function listStory(): readonly Sample[] {
  return createStory().map(({ type, data }) => ({ name: type, payload: data }))
}

/** Makes the story one of a new customer and a new conversation. */
function refreshStory(samples: readonly Sample[]): readonly Sample[] {
  const newEntities = samples.filter(({ name }) => name === 'Contact.Created' || name === 'Conversation.Create')
  const ids = newEntities.map(({ payload }) => (payload as { id: string }).id)
  const refreshed = refreshPayloads(
    samples.map(({ payload }) => payload),
    ids,
  )
  return samples.map(({ name }, index) => ({ name, payload: refreshed[index] }))
}

function listSamples({ events, all, variant }: SampleOptions): readonly Sample[] {
  const names = all ? sampledEventTypes : events.length > 0 ? events : [defaultEvent]
  return names.map((name) => ({ name, payload: createSample(name, variant) }))
}

function createSample(name: string, variant: string | undefined): unknown {
  try {
    return samplePayload(name as SampledEventName, variant as never)
  } catch (error) {
    // The user did not call the function that the message names.
    const problem = (error as TypeError).message.replace('samplePayload: ', '')
    throw new UsageError(problem.startsWith('no sample') ? `N${problem.slice(1)} Pass its body with --data.` : problem)
  }
}

/** A change that applies to some of the samples must not look as if it applied to all. */
function noteIncompleteChanges(terminal: Terminal, set: readonly MemberChange[], payloads: readonly unknown[]): void {
  for (const change of set) {
    const count = countChanged(change, payloads)
    if (count < payloads.length)
      terminal.note(
        `--set ${change.path.join('.')}: in ${count} of ${payloads.length} samples. The others do not have it.`,
      )
  }
}
