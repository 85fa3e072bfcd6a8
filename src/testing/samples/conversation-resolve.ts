import type { ConversationResolve } from '../../events/conversation.js'
import { conversationWithPriya } from './conversation.js'
import { customer, customerEmail, customerPhone } from './story.js'
import { thanks } from './thanks.js'

/** Asha has her answer and her order, and Priya closes the conversation. */
export function conversationResolve(): ConversationResolve {
  const closedAt = '2026-08-14T06:42:30.489Z'
  return {
    ...conversationWithPriya(thanks(), closedAt),
    status: 'CLOSE',
    resolvedDate: closedAt,
    contact: { id: customer.id, name: customer.name, email: [customerEmail], phone: [customerPhone], tags: [] },
    messageCount: { received: 4, sent: 4, private: 1 },
  }
}
