import type { ConversationUnAttended } from '../../events/conversation.js'
import { automaticReply } from './automatic-reply.js'
import { conversationWithBot } from './conversation.js'

/** Nobody has answered Asha for two minutes, and an automatic reply asks her to wait. */
export function conversationUnAttended(): ConversationUnAttended {
  return {
    ...conversationWithBot(automaticReply(), '2026-08-14T06:33:14.726Z'),
    messageCount: { received: 1, sent: 1, private: 0 },
  }
}
