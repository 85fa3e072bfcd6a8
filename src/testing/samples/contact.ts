import type {
  Contact,
  ContactCreated,
  ContactTagMapped,
  ContactTagUnmapped,
  ContactUpdated,
  FieldDefinition,
  FieldValue,
} from '../../events/contact.js'
import { account, agent, customer, customerEmail, customerPhone, londonPhone, owner, tags } from './fixtures.js'

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

/** The tea club form updates Asha's contact and adds her London number. */
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

/** Rohan removes the tag, because this is only Asha's first order. */
export function contactTagUnmapped(): ContactTagUnmapped {
  return {
    id: tags.vip.id,
    tagId: tags.vip.id,
    contactId: customer.id,
    accountId: account.id,
    name: tags.vip.name,
  }
}

/** The members of a contact that come from the form. */
function contactDetails() {
  return {
    email: [customerEmail],
    formattedPhone: [
      { countryCode: customer.countryCode, phoneNumber: customer.number },
      { countryCode: londonPhone.countryCode, phoneNumber: londonPhone.number },
    ],
    fieldValues: fieldValues(),
    fieldValuesCompact: {
      Birthday: '1991-03-08T00:00:00.000Z',
      'Favourite teas': 'Masala chai, Darjeeling',
      'Cups a day': 4,
      Note: 'No cardamom, please 🙏',
    },
    fieldValuesKV: {
      birthday: '1991-03-08T00:00:00.000Z',
      favourite_teas: ['Masala chai', 'Darjeeling'],
      cups_a_day: 4,
      note: 'No cardamom, please 🙏',
    },
    updatedAt: '2026-08-14T06:36:05.318Z',
  } satisfies Contact
}

function fieldValues(): readonly FieldValue[] {
  return [
    {
      fieldId: '65f2a1304b7d9e0012ab4101',
      type: 'DATE',
      value: '1991-03-08T00:00:00.000Z',
      valueDate: '1991-03-08T00:00:00.000Z',
      field: fieldDefinition('65f2a1304b7d9e0012ab4101', 'birthday', 1, {
        type: 'DATE',
        label: 'Birthday',
        options: [],
        hint: 'For the cake 🎂',
      }),
    },
    {
      fieldId: '65f2a15e4b7d9e0012ab4104',
      type: 'MULTI_SELECT',
      value: ['Masala chai', 'Darjeeling'],
      valueArray: ['Masala chai', 'Darjeeling'],
      field: fieldDefinition('65f2a15e4b7d9e0012ab4104', 'favourite_teas', 2, {
        type: 'MULTI_SELECT',
        label: 'Favourite teas',
        options: ['Assam', 'Darjeeling', 'Masala chai', 'Nilgiri'],
      }),
    },
    {
      fieldId: '65f2a1894b7d9e0012ab4107',
      type: 'NUMBER',
      value: 4,
      valueNumber: 4,
      field: fieldDefinition('65f2a1894b7d9e0012ab4107', 'cups_a_day', 3, {
        type: 'NUMBER',
        label: 'Cups a day',
        options: [],
      }),
    },
    {
      fieldId: '65f2a1b24b7d9e0012ab410a',
      type: 'TEXT',
      value: 'No cardamom, please 🙏',
      valueString: 'No cardamom, please 🙏',
      field: fieldDefinition('65f2a1b24b7d9e0012ab410a', 'note', 4, { type: 'TEXT', label: 'Note', options: [] }),
    },
  ]
}

function fieldDefinition(
  id: string,
  name: string,
  sortOrder: number,
  config: NonNullable<FieldDefinition['config']>,
): FieldDefinition {
  return {
    id,
    name,
    scope: 'CONTACT',
    config,
    isPrimary: false,
    isMandatory: false,
    isActive: true,
    isDelete: false,
    sortOrder,
    accountId: account.id,
    creatorId: owner.id,
    fieldCollectionId: '65f2a1074b7d9e0012ab40fc',
    createdAt: '2024-03-14T07:05:22.417Z',
    updatedAt: '2024-03-14T07:05:22.417Z',
  }
}
