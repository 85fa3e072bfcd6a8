import type { ContactTagMapped } from '../../events/contact.js'
import { contactDetails } from './contact.js'
import { contactCreated } from './contact-created.js'
import { account, agent, customer, customerPhone, londonPhone, tags } from './story.js'

/** Priya sees how much Asha orders, and makes her a VIP. */
export function contactTagMapped(): ContactTagMapped {
  return {
    id: tags.vip.id,
    contactId: customer.id,
    accountId: account.id,
    name: tags.vip.name,
    contact: {
      ...contactCreated(),
      ...contactDetails(),
      _id: customer.id,
      __v: 2,
      phone: [customerPhone, `${londonPhone.countryCode}${londonPhone.number}`],
      marketingOptIn: true,
      tags: [{ ...tags.vip }],
      updatedAt: '2026-08-14T06:36:58.102Z',
    },
    actor: { id: agent.id, type: 'user', source: 'app' },
  }
}
