/**
 * The core: what proves a delivery, tells which event it is, and runs your handler, on any runtime.
 *
 * @module gallabox-webhooks
 */
// Named re-exports, nothing else.

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
export type { EventMap, EventType } from './events/event-map.js'
export { customerPhone } from './events/helpers/customer-phone.js'
export { flowAnswers } from './events/helpers/flow-answers.js'
export { isInbound } from './events/helpers/is-inbound.js'
export {
  type ButtonContent,
  type ContactsContent,
  type ContentEvent,
  type FlowContent,
  type ListContent,
  type LocationContent,
  type MediaContent,
  type MessageContent,
  messageContent,
  type OrderContent,
  type OtherContent,
  type ReactionContent,
  type TemplateContent,
  type TextContent,
} from './events/helpers/message-content.js'
export { messageText } from './events/helpers/message-text.js'
export { occurredAt } from './events/helpers/occurred-at.js'
export { type OrderTotal, orderTotal } from './events/helpers/order-total.js'
export type * from './events/message.js'
export {
  type CanonicalName,
  canonicalEventName,
  type EventName,
  eventTypes,
  type HelpPageName,
  type HelpPageNames,
} from './events/names.js'
export type { ShapeIssue } from './events/shape.js'
export type * from './events/shared.js'
export type * from './events/template.js'
export type * from './events/whatsapp.js'
export type { RawBody } from './platform/bytes.js'
export type { DeliveryHeaders, HeadersLike } from './platform/headers.js'
export type { PlatformAbortSignal } from './platform/platform-types.js'
export type { DeliveryContext, HandlerContext } from './receiver/context.js'
export { BodyError, HandlerError } from './receiver/errors.js'
export type { IdempotencyOptions } from './receiver/idempotency.js'
export type { BodyErrorCode, OutcomeCode, RejectionCode, Reply } from './receiver/outcome.js'
export {
  createReceiver,
  type Outcome,
  type OutcomeRecord,
  type Receiver,
  type ReceiverOptions,
  type Rejection,
  type VerificationOptions,
  type VerifiedDelivery,
} from './receiver/receiver.js'
export type { DispatchOptions, Platform } from './receiver/run-handler.js'
export type { Handler, Handlers } from './receiver/select-handler.js'
export {
  type BodyLimits,
  type Delivery,
  type Verification,
  type VerifyDeliveryOptions,
  verifyDelivery,
} from './receiver/verify-delivery.js'
export type { Secret, SecretEntry, SecretProvider, SecretSource, SecretValue } from './signature/secrets.js'
export { verifySignature, verifySignatureAsync } from './signature/verify-signature.js'
export { type MemoryStoreOptions, memoryStore } from './stores/memory.js'
export type { Claim, DeliveryStore } from './stores/store.js'
