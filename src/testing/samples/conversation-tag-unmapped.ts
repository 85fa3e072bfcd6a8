import type { ConversationTagUnmapped } from '../../events/conversation.js'
import { account, agent, conversation, tags } from './story.js'

/** The order is packed, and Priya takes its tag off the conversation. */
export function conversationTagUnmapped(): ConversationTagUnmapped {
  return {
    accountId: account.id,
    conversationId: conversation.id,
    tagId: tags.order.id,
    name: tags.order.name,
    updateBy: agent.id,
  }
}
