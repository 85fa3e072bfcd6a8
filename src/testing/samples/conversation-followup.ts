import type { ConversationFollowup } from '../../events/conversation.js'
import { conversationWithPriya } from './conversation.js'
import { agent, customer, customerEmail, customerPhone, tags } from './story.js'
import { thanks } from './thanks.js'

/** Priya wants to ask in a week whether the tea arrived. */
export function conversationFollowup(): ConversationFollowup {
  return {
    ...conversationWithPriya(thanks(), '2026-08-14T06:40:10.931Z'),
    tags: [{ ...tags.order }],
    contact: {
      id: customer.id,
      name: customer.name,
      email: [customerEmail],
      phone: [customerPhone],
      tags: [{ ...tags.vip }],
    },
    messageCount: { received: 4, sent: 4, private: 1 },
    followup: '2026-08-21T04:30:00.000Z',
    followupCreatedById: agent.id,
  }
}
