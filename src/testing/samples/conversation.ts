import type {
  Conversation,
  ConversationCreate,
  ConversationFollowup,
  ConversationResolve,
  ConversationTagMapped,
  ConversationTagUnmapped,
  ConversationUnAttended,
  ConversationUpdate,
  LatestMessage,
} from '../../events/conversation.js'
import type { MessageReceived } from '../../events/message.js'
import {
  account,
  agent,
  bot,
  channel,
  conversation,
  customer,
  customerEmail,
  customerPhone,
  owner,
  sharedIds,
  tags,
} from './fixtures.js'
import { messageReceived, thanks } from './received-messages.js'
import { automaticReply } from './sent-messages.js'

/** Asha's first message opens a conversation, which the bot takes. */
export function conversationCreate(): ConversationCreate {
  return {
    ...conversationWithBot(storedMessage(messageReceived(), '2026-08-14T06:31:15.031Z'), '2026-08-14T06:31:15.044Z'),
    messageCount: { received: 1, sent: 0, private: 0 },
  }
}

/** Priya takes the conversation over from the bot, with a private note to Rohan. */
export function conversationUpdate(): ConversationUpdate {
  return {
    ...conversationWithPriya(storedAutomaticReply(), '2026-08-14T06:34:21.377Z'),
    messageCount: { received: 1, sent: 1, private: 1 },
  }
}

/** Asha has her answer and her order, and Priya closes the conversation. */
export function conversationResolve(): ConversationResolve {
  const closedAt = '2026-08-14T06:42:30.489Z'
  return {
    ...conversationWithPriya(storedThanks(), closedAt),
    status: 'CLOSE',
    resolvedDate: closedAt,
    contact: { id: customer.id, name: customer.name, email: [customerEmail], phone: [customerPhone], tags: [] },
    messageCount: { received: 4, sent: 4, private: 1 },
  }
}

/** Priya wants to ask in a week whether the tea arrived. */
export function conversationFollowup(): ConversationFollowup {
  return {
    ...conversationWithPriya(storedThanks(), '2026-08-14T06:40:10.931Z'),
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

/** Nobody has answered Asha for two minutes, and an automatic reply asks her to wait. */
export function conversationUnAttended(): ConversationUnAttended {
  return {
    ...conversationWithBot(storedAutomaticReply(), '2026-08-14T06:33:14.726Z'),
    messageCount: { received: 1, sent: 1, private: 0 },
  }
}

/** Priya marks the conversation as an order. */
export function conversationTagMapped(): ConversationTagMapped {
  return { ...sharedIds, tagId: tags.order.id, name: tags.order.name, updateBy: agent.id }
}

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

/** The conversation while the bot is assigned and no user has read it. */
function conversationWithBot(latestMessage: StoredMessage, updatedAt: string): Conversation {
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

/** The conversation after Priya took it over, read it and mentioned Rohan. */
function conversationWithPriya(latestMessage: StoredMessage, updatedAt: string): Conversation {
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

function storedAutomaticReply(): StoredMessage {
  return storedMessage(automaticReply(), '2026-08-14T06:33:14.512Z')
}

function storedThanks(): StoredMessage {
  return storedMessage(thanks(), '2026-08-14T06:39:58.240Z')
}

/** The last message of a conversation. */
type StoredMessage = MessageReceived & LatestMessage

/** Adds the members that the database adds to a message. */
function storedMessage(message: MessageReceived, createdAt: string): StoredMessage {
  return { ...message, _id: message.id, __v: 0, createdAt, updatedAt: createdAt, toSync: false, user: null }
}
