import type { ConversationTagMapped } from '../../events/conversation.js'
import { agent, place, tags } from './story.js'

/** Priya marks the conversation as an order. */
export function conversationTagMapped(): ConversationTagMapped {
  return { ...place, tagId: tags.order.id, name: tags.order.name, updateBy: agent.id }
}
