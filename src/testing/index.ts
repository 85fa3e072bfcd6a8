/**
 * The reference sender: signs, sends, retries and logs as Gallabox does. With a sample of each event whose payload is
 * known, and the contract of a store.
 *
 * @module gallabox-webhooks/testing
 */
export {
  type SampledEventName,
  type SampledEventType,
  type SampleVariant,
  sampledEventTypes,
  samplePayload,
  sampleVariants,
} from './samples/index.js'
export {
  createSender,
  type SendAttempt,
  type Sender,
  type SenderFetch,
  type SenderLogEntry,
  type SenderOptions,
  type SenderRequestInit,
  type SenderResponse,
} from './sender.js'
export {
  type PayloadOf,
  type SignDeliveryOptions,
  type SignedDelivery,
  signBody,
  signDelivery,
  toRequest,
} from './sign.js'
export { type StoreContractCase, storeContract } from './store-contract.js'
