// The people and objects of the samples: one customer, one conversation and one order in every event.
// All ids, names and numbers are made up.

export const account = { id: '65f1c0a2b7d9e40012ab34cd', name: 'Chai & Co' }
export const channel = { id: '65f1c1e8b7d9e40012ab3501', type: 'whatsapp', number: '918045671234' }
export const agent = { id: '65f1c24fb7d9e40012ab3522', name: 'Priya Menon', email: 'priya@chaiandco.example' }
export const owner = {
  id: '65f1c0a6b7d9e40012ab34d2',
  name: 'Rohan Das',
  email: 'rohan@chaiandco.example',
  picture: 'https://files.chaiandco.example/team/rohan.jpg',
}
export const bot = { id: '65f1c2c3b7d9e40012ab3540', name: 'Order helper' }
export const customer = { id: '66a3d91e4f2b8c0013cd56ef', name: 'Asha Nair', countryCode: '91', number: '9876543210' }
export const customerEmail = 'asha.nair@mail.example'
export const londonPhone = { countryCode: '44', number: '7700900142' }
export const conversation = { id: '66a3d9204f2b8c0013cd56f4' }
export const tags = {
  vip: { id: '66a3da774f2b8c0013cd5701', name: 'VIP' },
  order: { id: '66a3da914f2b8c0013cd5709', name: 'Diwali order 🪔' },
}
export const template = { id: '66a0b7f14f2b8c0013cd1a2b', name: 'diwali_offer' }

/** Priya's template message. A status and a reaction refer to it. */
export const offer = {
  id: '66a3d9ee4f2b8c0013cd56fd',
  wamid: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSMDg3QkJFNUY3MkU3QjY5MTI5AA==',
  localMessageId: '68c62c24-9931-4736-ba4e-55c0198b7b41',
}

/** Priya's receipt, which fails. */
export const receipt = {
  id: '66a3db104f2b8c0013cd570e',
  localMessageId: '20683105-2497-405c-9e8c-a8b96c534c1c',
  recipient: `${londonPhone.countryCode}${londonPhone.number}`,
}

/** The customer's phone: digits without "+". Only Contact.Created and Contact.Updated add the "+". */
export const customerPhone = `${customer.countryCode}${customer.number}`

/** Asha's answers in the form of the tea club, which arrive in two events. */
export const flowAnswer = {
  localMessageId: '1bbc5bf2-13bd-49a6-aac4-9cee211850cb',
  data: () => ({
    flow_token: 'tea-club-7f4e19c2',
    email: customerEmail,
    second_phone: `${londonPhone.countryCode}${londonPhone.number}`,
    birthday: '1991-03-08',
    favourite_teas: ['Masala chai', 'Darjeeling'],
    cups_a_day: '4',
    note: 'No cardamom, please 🙏',
    newsletter: true,
  }),
}

/** The ids that most payloads contain. */
export const sharedIds = {
  accountId: account.id,
  channelId: channel.id,
  conversationId: conversation.id,
  contactId: customer.id,
}

/** Converts an ISO time to seconds since the epoch. */
export function epochSeconds(isoTime: string): number {
  return Date.parse(isoTime) / 1000
}

/** Returns the URL of a file that was sent in the conversation. */
export function fileUrl(name: string): string {
  return `https://files.chaiandco.example/chat/${name}`
}
