import type { JsonObject } from './shared.js'

/** Payload of `Broadcast.WA.Message.Status.Received`: any JSON object. Gallabox documents none. */
export interface BroadcastWaMessageStatusReceived extends JsonObject {}

/** Payload of `Broadcast.WA.Message.Status.Failed`: any JSON object. Gallabox documents none. */
export interface BroadcastWaMessageStatusFailed extends JsonObject {}

/** Payload of `Broadcast.WA.Message.Engaged.Received`: any JSON object. Gallabox documents none. */
export interface BroadcastWaMessageEngagedReceived extends JsonObject {}
