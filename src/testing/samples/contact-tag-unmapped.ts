import type { ContactTagUnmapped } from '../../events/contact.js'
import { account, customer, tags } from './story.js'

/** Rohan takes the tag off Asha again: a VIP has ten orders, and this is her first. */
export function contactTagUnmapped(): ContactTagUnmapped {
  return {
    id: tags.vip.id,
    tagId: tags.vip.id,
    contactId: customer.id,
    accountId: account.id,
    name: tags.vip.name,
  }
}
