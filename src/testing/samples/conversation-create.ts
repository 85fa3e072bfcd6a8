import type { ConversationCreate } from '../../events/conversation.js'
import { conversationWithBot } from './conversation.js'
import { messageReceived } from './message-received.js'
import { storedMessage } from './stored-message.js'

/** Asha's first message opens a conversation, which the bot takes. */
export function conversationCreate(): ConversationCreate {
  return {
    ...conversationWithBot(storedMessage(messageReceived(), '2026-08-14T06:31:15.031Z'), '2026-08-14T06:31:15.044Z'),
    messageCount: { received: 1, sent: 0, private: 0 },
  }
}
