// The message that the conversation ends with.
// It must not know whether the conversation is closed.
import { messageReceived } from './message-received.js'
import { type StoredMessage, storedMessage } from './stored-message.js'
import { customerPhone } from './story.js'

/** Asha's thanks, as the last message of a conversation. */
export function thanks(): StoredMessage {
  return storedMessage(
    {
      ...messageReceived(),
      id: '66a3db2c4f2b8c0013cd5712',
      localMessageId: 'b04c424c-8db3-4b44-a2af-506a04723422',
      whatsapp: {
        id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUODQyQkQyQjExMzMzMzAwQ0VBOUEA',
        from: customerPhone,
        time: '2026-08-14T06:39:57.000Z',
        status: 'received',
        type: 'text',
        text: { body: 'Paid! Thank you so much 🙏☕' },
      },
    },
    '2026-08-14T06:39:58.240Z',
  )
}
