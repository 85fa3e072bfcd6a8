/**
 * The core: what proves a delivery, tells which event it is, and runs your handler, on any runtime.
 *
 * @module gallabox-webhooks
 */
// Named re-exports, nothing else.
export type { DeliveryContext, HandlerContext } from './context.js'
export {
  type BodyLimits,
  type Delivery,
  type Verification,
  type VerifyDeliveryOptions,
  verifyDelivery,
} from './delivery.js'
export { type DiagnoseOptions, type Diagnosis, type DiagnosisCode, diagnose } from './diagnose.js'
export type { DispatchOptions, Platform } from './dispatch.js'
export { BodyError, HandlerError } from './errors.js'
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
export type * from './events/message.js'
export {
  type CanonicalName,
  canonicalEventName,
  type EventName,
  eventTypes,
  type HelpPageName,
  type HelpPageNames,
} from './events/names.js'
export { customerPhone } from './events/read/customer-phone.js'
export { flowAnswers } from './events/read/flow-answers.js'
export { isInbound } from './events/read/is-inbound.js'
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
} from './events/read/message-content.js'
export { messageText } from './events/read/message-text.js'
export { occurredAt } from './events/read/occurred-at.js'
export { type OrderTotal, orderTotal } from './events/read/order-total.js'
export type { ShapeIssue } from './events/shape.js'
export type * from './events/shared.js'
export type * from './events/template.js'
export type * from './events/whatsapp.js'
export type { IdempotencyOptions } from './guard.js'
export type { Handler, Handlers } from './handlers.js'
export type { RawBody } from './internal/bytes.js'
export type { DeliveryHeaders, HeadersLike } from './internal/headers.js'
export type { PlatformAbortSignal } from './internal/platform.js'
export type { BodyErrorCode, OutcomeCode, RejectionCode, Reply } from './outcome.js'
export {
  createReceiver,
  type Outcome,
  type OutcomeRecord,
  type Receiver,
  type ReceiverOptions,
  type Rejection,
  type VerificationOptions,
  type VerifiedDelivery,
} from './receiver.js'
export type { Secret, SecretEntry, SecretProvider, SecretSource, SecretValue } from './secrets.js'
export { verifySignature, verifySignatureAsync } from './signature.js'
export { type MemoryStoreOptions, memoryStore } from './stores/memory.js'
export type { Claim, DeliveryStore } from './stores/store.js'
