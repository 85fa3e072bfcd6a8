// The bodies of the three Broadcast events. None was ever published.
import type { JsonObject } from './shared.js'

/** Body of Broadcast.WA.Message.Status.Received: none was published, so any JSON object. */
export interface BroadcastWaMessageStatusReceived extends JsonObject {}

/** Body of Broadcast.WA.Message.Status.Failed: none was published, so any JSON object. */
export interface BroadcastWaMessageStatusFailed extends JsonObject {}

/** Body of Broadcast.WA.Message.Engaged.Received: none was published, so any JSON object. */
export interface BroadcastWaMessageEngagedReceived extends JsonObject {}
