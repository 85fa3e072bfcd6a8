// What Asha told about herself in the tea club's form: where her contact is whole, it is the same.
// It must not know how phones are written: that differs between the events.
import type { Contact, FieldDefinition, FieldValue } from '../../events/contact.js'
import { account, customer, customerEmail, londonPhone, owner } from './story.js'

/** The members of a contact that the form filled. */
export function contactDetails() {
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
