import type { MessageReceived } from '../../events/message.js'
import { channel, customer, customerPhone, place } from './story.js'

/** Asha asks for the price of a tin of tea. */
export function messageReceived(): MessageReceived {
  return {
    ...place,
    id: '66a3d9214f2b8c0013cd56f8',
    sender: customer.id,
    senderType: 'contact',
    channelType: 'whatsapp',
    channelNumber: channel.number,
    localMessageId: '0b9c6a52-6f0e-4c0f-9a51-2f6f5d1c7e10',
    whatsapp: {
      id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0E4RjlDMkQxQjdFNkE1NDkzMjEA',
      from: customerPhone,
      time: '2026-08-14T06:31:12.000Z',
      status: 'received',
      type: 'text',
      text: { body: 'Namaste 🙏 is the 250 g tin still ₹449? 😊' },
    },
    contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
  }
}
