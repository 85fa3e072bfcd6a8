// The bodies of the ten Conversation events. Three of them were never published.
import type { MessageBody } from './message.js'
import type { FormattedPhone, JsonObject, OpenString, Tag, User } from './shared.js'

/**
 * Body of the five events of a conversation's life. They differ in their name alone, which the signature does not
 * cover: give the webhooks of such events secrets of their own where it matters.
 */
export interface Conversation {
  /** The conversation's id. */
  readonly id: string
  readonly accountId: string
  readonly channelId: string
  readonly contactId: string
  /** `CLOSE`, not "CLOSED". */
  readonly status: OpenString<'OPEN' | 'CLOSE'>
  readonly channelType?: OpenString<'whatsapp'> | null | undefined
  readonly latestMessageId?: string | null | undefined
  readonly userUnreadCount?: number | null | undefined
  /** Ids of the users who pinned the conversation. */
  readonly pinnedBy?: readonly string[] | null | undefined
  readonly whatsapp?: ConversationWhatsApp | null | undefined
  readonly tags?: readonly Tag[] | null | undefined
  readonly mentionedUsers?: readonly MentionedUser[] | null | undefined
  /** Id of the user or bot, as `assigneeType` says. */
  readonly assigneeId?: string | null | undefined
  readonly assigneeType?: OpenString<'bot' | 'user'> | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. Not proven to be the time of the event. */
  readonly updatedAt?: string | null | undefined
  readonly channel?: Channel | null | undefined
  readonly contact?: ConversationContact | null | undefined
  readonly bot?: Bot | null | undefined
  readonly user?: User | null | undefined
  readonly userId?: string | null | undefined
  readonly botId?: string | null | undefined
  readonly messageCount?: MessageCount | null | undefined
  readonly hasUnreadMessages?: boolean | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly userLastSeen?: string | null | undefined
  readonly lastReadMessageId?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds; set once the conversation is closed. */
  readonly resolvedDate?: string | null | undefined
  readonly web?: ConversationWeb | null | undefined
  readonly latestMessage?: LatestMessage | null | undefined
  /** ISO 8601, UTC, with milliseconds; when to follow up. On Conversation.Followup. */
  readonly followup?: string | null | undefined
  readonly followupCreatedById?: string | null | undefined
  readonly latestTranslationLanguages?: readonly string[] | null | undefined
  readonly _id?: string | null | undefined
  readonly __v?: number | null | undefined
}

/** Body of Conversation.Create: a conversation was opened. */
export interface ConversationCreate extends Conversation {}

/** Body of Conversation.Update: a conversation changed. A close is likely to send Resolve too, with the same body. */
export interface ConversationUpdate extends Conversation {}

/** Body of Conversation.Resolve: a conversation was closed. */
export interface ConversationResolve extends Conversation {}

/** Body of Conversation.Followup: a follow-up was set. */
export interface ConversationFollowup extends Conversation {}

/** Body of Conversation.UnAttended: nobody attended, and an automatic reply went out. */
export interface ConversationUnAttended extends Conversation {}

/** Body of Conversation.Tag.Mapped: a tag was put on a conversation. It has no `id`. */
export interface ConversationTagMapped {
  readonly accountId: string
  readonly conversationId: string
  readonly tagId: string
  /** The tag's name. */
  readonly name: string
  readonly channelId?: string | null | undefined
  readonly contactId?: string | null | undefined
  /** Who did it. */
  readonly updateBy?: unknown
}

/** Body of Conversation.Tag.Unmapped: a tag was taken off. It has no `id`, `channelId` or `contactId`. */
export interface ConversationTagUnmapped {
  readonly accountId: string
  readonly conversationId: string
  readonly tagId: string
  /** The tag's name. */
  readonly name: string
  /** Who did it. */
  readonly updateBy?: unknown
}

/** Body of Conversation.HandoverAgentFallback: none was published, so any JSON object. */
export interface ConversationHandoverAgentFallback extends JsonObject {}

/** Body of Conversation.InactiveAgentFallback: none was published, so any JSON object. */
export interface ConversationInactiveAgentFallback extends JsonObject {}

/** Body of Conversation.AI.Analyse: none was published, so any JSON object. */
export interface ConversationAiAnalyse extends JsonObject {}

/** The customer on WhatsApp. */
export interface ConversationWhatsApp {
  readonly waId?: string | null | undefined
  readonly senderId?: string | null | undefined
  /** One object here; a list on a contact. */
  readonly formattedPhone?: FormattedPhone | null | undefined
}

/** A user who was mentioned in a conversation. */
export interface MentionedUser {
  readonly userId?: string | null | undefined
  readonly userUnreadCount?: number | null | undefined
  readonly lastReadMessageId?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. Gallabox spells it with a small "l" here and with a capital one elsewhere. */
  readonly userlastSeen?: string | null | undefined
  readonly user?: User | null | undefined
}

/** The business's channel that a conversation runs on. */
export interface Channel {
  readonly whatsapp?: ChannelWhatsApp | null | undefined
}

/** The business's WhatsApp number. */
export interface ChannelWhatsApp {
  /** Digits without "+". */
  readonly whatsappNumber?: string | null | undefined
}

/** The contact of a conversation. */
export interface ConversationContact {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly email?: readonly string[] | null | undefined
  /** Digits without "+". */
  readonly phone?: readonly string[] | null | undefined
  readonly tags?: readonly Tag[] | null | undefined
}

/** The bot that a conversation is with. */
export interface Bot {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly sessionTTL?: number | null | undefined
  readonly sessionTimeoutMessage?: string | null | undefined
  readonly version?: unknown
  readonly acceptVoice?: boolean | null | undefined
}

/** How many messages a conversation has. */
export interface MessageCount {
  readonly received?: number | null | undefined
  readonly sent?: number | null | undefined
  /** Notes that only the team sees. */
  readonly private?: number | null | undefined
}

/** The conversation on the web widget. */
export interface ConversationWeb {
  /** Only null was ever seen. */
  readonly visitor?: unknown
  readonly visitorUnreadCount?: number | null | undefined
}

/** The last message of a conversation, as the database has it. */
export interface LatestMessage extends MessageBody {
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly updatedAt?: string | null | undefined
  readonly toSync?: boolean | null | undefined
  /** Only null was ever seen. */
  readonly user?: unknown
  readonly _id?: string | null | undefined
  readonly __v?: number | null | undefined
}
