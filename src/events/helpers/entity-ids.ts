import { findDescriptor } from '../descriptors.js'
import type { GallaboxEvent } from '../event.js'
import { readMember } from './read-member.js'

/** The ids that an event's payload contains. A missing id has no member. */
export interface EntityIds {
  /** The Gallabox account. */
  readonly accountId?: string
  /** The channel: one WhatsApp number of the account. */
  readonly channelId?: string
  /** The business's phone number, digits without "+". */
  readonly channelNumber?: string
  readonly conversationId?: string
  /** A contact's id can change when contacts are merged. */
  readonly contactId?: string
  /** Gallabox's message id. */
  readonly messageId?: string
  /** WhatsApp's message id (`wamid.…`). */
  readonly whatsappMessageId?: string
}

// Where payloads have each id, in addition to `id`, which identifies something else on each event.
const places: { readonly [I in keyof EntityIds]-?: readonly (readonly string[])[] } = {
  accountId: [['accountId'], ['flowResponse', 'accountId']],
  channelId: [['channelId'], ['flowResponse', 'channelId']],
  channelNumber: [['channelNumber'], ['channel', 'whatsapp', 'whatsappNumber']],
  conversationId: [['conversationId'], ['flowResponse', 'conversationId']],
  contactId: [['contactId'], ['flowResponse', 'contactId']],
  messageId: [],
  whatsappMessageId: [['whatsapp', 'id']],
}

/**
 * Returns the ids of the account, channel, conversation, contact and message of an event, from wherever its payload has
 * them.
 *
 * Use `conversationId` to handle the events of a conversation in order, and `channelId` or `channelNumber` to tell
 * channels apart: a webhook receives the events of every channel of the account. Statuses, reactions and payments have
 * only a message id.
 *
 * @returns The ids found. No member is undefined or empty.
 * @example
 * ```ts
 * import { createReceiver, entityIds } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   onEvent: (event) => console.log(event.type, entityIds(event).conversationId),
 * })
 * ```
 */
export function entityIds(event: GallaboxEvent): EntityIds {
  const idOfEvent = findDescriptor(event.type)?.id
  const ids: Record<string, string> = {}
  for (const [name, paths] of Object.entries(places)) {
    const all = name === idOfEvent ? [['id'], ...paths] : paths
    const id = all.map((path) => readMember(event.data, ...path)).find((value) => typeof value === 'string' && value)
    if (id) ids[name] = id as string
  }
  return ids
}
