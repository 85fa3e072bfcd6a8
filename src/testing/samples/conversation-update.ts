import type { ConversationUpdate } from '../../events/conversation.js'
import { automaticReply } from './automatic-reply.js'
import { conversationWithPriya } from './conversation.js'

/** Priya takes the conversation over from the bot, with a private note to Rohan. */
export function conversationUpdate(): ConversationUpdate {
  return {
    ...conversationWithPriya(automaticReply(), '2026-08-14T06:34:21.377Z'),
    messageCount: { received: 1, sent: 1, private: 1 },
  }
}
