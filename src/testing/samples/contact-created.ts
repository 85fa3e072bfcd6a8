import type { ContactCreated } from '../../events/contact.js'
import { account, customer, customerPhone, owner } from './story.js'

/** Asha's first message makes her a contact. */
export function contactCreated(): ContactCreated {
  return {
    id: customer.id,
    accountId: account.id,
    name: customer.name,
    email: [],
    phone: [`+${customerPhone}`],
    formattedPhone: [{ countryCode: customer.countryCode, phoneNumber: customer.number }],
    tags: [],
    fieldValues: [],
    fieldValuesCompact: {},
    creatorId: owner.id,
    messageOptIn: true,
    marketingOptIn: false,
    createdAt: '2026-08-14T06:31:12.874Z',
    updatedAt: '2026-08-14T06:31:12.874Z',
    company: null,
  }
}
