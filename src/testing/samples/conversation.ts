// The conversation with Asha: with the bot, then with Priya. The samples of its five events adapt the one or the other.
// It must not know why an event is sent.
import type { Conversation } from '../../events/conversation.js'
import { messageReceived } from './message-received.js'
import type { StoredMessage } from './stored-message.js'
import { account, agent, bot, channel, conversation, customer, customerPhone, owner } from './story.js'

/** The conversation while the bot has it and nobody has read it. */
export function conversationWithBot(latestMessage: StoredMessage, updatedAt: string): Conversation {
  return {
    ...conversationEndingWith(latestMessage, updatedAt),
    __v: 0,
    userUnreadCount: 1,
    hasUnreadMessages: true,
    pinnedBy: [],
    mentionedUsers: [],
    assigneeId: bot.id,
    assigneeType: 'bot',
    botId: bot.id,
    bot: {
      ...bot,
      sessionTTL: 900,
      sessionTimeoutMessage: 'Still there? Write again any time ☕',
      version: 3,
      acceptVoice: false,
    },
  }
}

/** The conversation since Priya took it over, read it and told Rohan of it. */
export function conversationWithPriya(latestMessage: StoredMessage, updatedAt: string): Conversation {
  return {
    ...conversationEndingWith(latestMessage, updatedAt),
    __v: 1,
    userUnreadCount: 0,
    hasUnreadMessages: false,
    userLastSeen: updatedAt,
    lastReadMessageId: latestMessage.id,
    pinnedBy: [agent.id],
    mentionedUsers: [
      {
        userId: owner.id,
        userUnreadCount: 1,
        lastReadMessageId: messageReceived().id,
        userlastSeen: '2026-08-14T06:32:40.655Z',
        user: { ...owner, _id: owner.id },
      },
    ],
    assigneeId: agent.id,
    assigneeType: 'user',
    userId: agent.id,
    user: { ...agent },
    bot: null,
  }
}

function conversationEndingWith(latestMessage: StoredMessage, updatedAt: string): Conversation {
  return {
    _id: conversation.id,
    id: conversation.id,
    accountId: account.id,
    channelId: channel.id,
    contactId: customer.id,
    status: 'OPEN',
    channelType: 'whatsapp',
    channel: { whatsapp: { whatsappNumber: channel.number } },
    whatsapp: {
      waId: customerPhone,
      senderId: customerPhone,
      formattedPhone: { countryCode: customer.countryCode, phoneNumber: customer.number },
    },
    contact: { id: customer.id, name: customer.name, email: [], phone: [customerPhone], tags: [] },
    web: { visitor: null, visitorUnreadCount: 0 },
    latestMessageId: latestMessage.id,
    latestMessage,
    latestTranslationLanguages: [],
    tags: [],
    createdAt: '2026-08-14T06:31:14.208Z',
    updatedAt,
  }
}
