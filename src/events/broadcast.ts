// The bodies of the three Broadcast events. None was ever published.
import type { JsonObject } from './shared.js'

/** Body of Broadcast.WA.Message.Status.Received. None was published: any JSON object. */
export interface BroadcastWaMessageStatusReceived extends JsonObject {}

/** Body of Broadcast.WA.Message.Status.Failed. None was published: any JSON object. */
export interface BroadcastWaMessageStatusFailed extends JsonObject {}

/** Body of Broadcast.WA.Message.Engaged.Received. None was published: any JSON object. */
export interface BroadcastWaMessageEngagedReceived extends JsonObject {}
