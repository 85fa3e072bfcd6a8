// The message that goes out when nobody answers.
// It must not know the conversation that it ends.

import { type StoredMessage, storedMessage } from './stored-message.js'
import { bot, channel, customer, customerPhone, place } from './story.js'

/** The shop's automatic reply, as the last message of a conversation. */
export function automaticReply(): StoredMessage {
  return storedMessage(
    {
      ...place,
      id: '66a3d9984f2b8c0013cd56fa',
      sender: bot.id,
      senderType: 'bot',
      channelType: 'whatsapp',
      channelNumber: channel.number,
      localMessageId: '0c0a040d-2134-411e-b09d-5edb5d346bde',
      whatsapp: {
        id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSODAyRTcyMjIwQ0VERjI5NUNBAA==',
        to: customerPhone,
        time: '2026-08-14T06:33:14.512Z',
        status: 'sent',
        statusTime: '2026-08-14T06:33:14.690Z',
        type: 'text',
        text: { body: 'All hands are brewing ☕ One of us will be with you in a moment.' },
      },
      contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
    },
    '2026-08-14T06:33:14.512Z',
  )
}
