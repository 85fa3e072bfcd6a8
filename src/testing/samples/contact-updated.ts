import type { ContactUpdated } from '../../events/contact.js'
import { contactDetails } from './contact.js'
import { contactCreated } from './contact-created.js'
import { account, customerPhone, londonPhone, owner } from './story.js'

/** What Asha wrote in the tea club's form goes into her contact, with her London number. */
export function contactUpdated(): ContactUpdated {
  return {
    ...contactCreated(),
    ...contactDetails(),
    phone: [`+${customerPhone}`, `+${londonPhone.countryCode}${londonPhone.number}`],
    marketingOptIn: true,
    account: { ...account },
    creator: { id: owner.id, name: owner.name, picture: owner.picture },
    blockedContacts: [],
    contactOwner: null,
  }
}
