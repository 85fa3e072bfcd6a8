/**
 * The reference sender: signs, delivers, tries again and logs as Gallabox does, with a sample of each event whose body
 * is known.
 *
 * @module gallabox-webhooks/testing
 */
// Named re-exports, nothing else.
export { type SampledEventName, type SampledEventType, sampledEventTypes, samplePayload } from './samples/index.js'
export {
  createSender,
  type DeliveryAttempt,
  type DeliveryLog,
  type Sender,
  type SenderFetch,
  type SenderOptions,
  type SenderRequestInit,
  type SenderResponse,
  toRequest,
} from './sender.js'
export { type PayloadOf, type SignDeliveryOptions, type SignedDelivery, signBody, signDelivery } from './sign.js'
export { type StoreContractCase, storeContract } from './store-contract.js'
