/**
 * The core, for every runtime: it verifies deliveries, parses their events and calls your handlers.
 *
 * @module gallabox-webhooks
 */
export { type DiagnoseOptions, type Diagnosis, type DiagnosisCode, diagnose } from './diagnose/index.js'
export type * from './events/broadcast.js'
export type * from './events/contact.js'
export type * from './events/conversation.js'
export {
  type EventOf,
  type GallaboxEvent,
  isEvent,
  type UnrecognizedEvent,
  type WebhookEvent,
} from './events/event.js'
export type { EventMap, EventType, HelpPageName, HelpPageNames } from './events/event-map.js'
export type * from './events/helpers/content-types.js'
export { customerPhone } from './events/helpers/customer-phone.js'
export { type EntityIds, entityIds } from './events/helpers/entity-ids.js'
export { flowAnswers } from './events/helpers/flow-answers.js'
export { isInbound } from './events/helpers/is-inbound.js'
export { isNewerStatus } from './events/helpers/is-newer-status.js'
export { messageContent } from './events/helpers/message-content.js'
export { messageText } from './events/helpers/message-text.js'
export { occurredAt } from './events/helpers/occurred-at.js'
export { type OrderTotal, orderTotal } from './events/helpers/order-total.js'
export { readMember } from './events/helpers/read-member.js'
export type * from './events/message.js'
export {
  type CanonicalName,
  canonicalEventName,
  type EventName,
  eventTypes,
} from './events/names.js'
export { parseEvent } from './events/parse-event.js'
export type { ShapeIssue } from './events/shape.js'
export type * from './events/shared.js'
export type * from './events/template.js'
export type * from './events/whatsapp.js'
export type { RawBody } from './platform/bytes.js'
export type { DeliveryHeaders, HeadersLike } from './platform/headers.js'
export type { PlatformAbortSignal } from './platform/platform-types.js'
export type { DeliveryContext, HandlerContext } from './receiver/context.js'
export type { BodyLimits, Delivery, Platform, ReceivedDelivery } from './receiver/delivery.js'
export { BodyError, HandlerError } from './receiver/errors.js'
export type {
  EventHandlers,
  Handler,
  IdempotencyOptions,
  MiddlewareOptions,
  ReceiverOptions,
  VerifyOptions,
} from './receiver/options.js'
export type { BodyErrorCode, OutcomeCode, RejectionCode } from './receiver/outcome.js'
export type { Outcome, OutcomeRecord } from './receiver/outcome-record.js'
export { createReceiver, type Receiver } from './receiver/receiver.js'
export type { WebhookResponse } from './receiver/response.js'
export { type Verification, type VerifiedDelivery, verifyDelivery } from './receiver/verify-delivery.js'
export type {
  Secret,
  SecretEntry,
  SecretProvider,
  SecretSource,
  SecretValue,
  UnverifiedRequest,
} from './signature/secrets.js'
export { verifySignature, verifySignatureAsync } from './signature/verify-signature.js'
export { type MemoryStoreOptions, memoryStore } from './stores/memory.js'
export type { Claim, DeliveryClaim, DeliveryStore } from './stores/store.js'
