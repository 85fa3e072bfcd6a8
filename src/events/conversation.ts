import type { MessageBody } from './message.js'
import type { FormattedPhone, JsonObject, OpenString, Tag, User } from './shared.js'

/**
 * Payload of the five events that concern no tag. Only the event's name distinguishes them, and the signature does not
 * cover the name. Give each webhook its own secret if an attacker must not be able to change it.
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
  /** Id of a user or a bot, depending on `assigneeType`. */
  readonly assigneeId?: string | null | undefined
  readonly assigneeType?: OpenString<'bot' | 'user'> | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. Not documented as the time of the event. */
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
  /** When the conversation was closed. ISO 8601, UTC, with milliseconds. */
  readonly resolvedDate?: string | null | undefined
  readonly web?: ConversationWeb | null | undefined
  readonly latestMessage?: LatestMessage | null | undefined
  /** When to follow up, on Conversation.Followup. ISO 8601, UTC, with milliseconds. */
  readonly followup?: string | null | undefined
  readonly followupCreatedById?: string | null | undefined
  readonly latestTranslationLanguages?: readonly string[] | null | undefined
  readonly _id?: string | null | undefined
  readonly __v?: number | null | undefined
}

/** Payload of `Conversation.Create`. */
export interface ConversationCreate extends Conversation {}

/** Payload of `Conversation.Update`. Closing a conversation probably sends Update and Resolve with equal payloads. */
export interface ConversationUpdate extends Conversation {}

/** Payload of `Conversation.Resolve`. `status` is `CLOSE`, and `resolvedDate` is when the conversation was closed. */
export interface ConversationResolve extends Conversation {}

/** Payload of `Conversation.Followup`. `followup` is when to follow up. */
export interface ConversationFollowup extends Conversation {}

/** Payload of `Conversation.UnAttended`. */
export interface ConversationUnAttended extends Conversation {}

/** Payload of `Conversation.Tag.Mapped`. It has no `id`. */
export interface ConversationTagMapped {
  readonly accountId: string
  readonly conversationId: string
  readonly tagId: string
  /** The tag's name. */
  readonly name: string
  readonly channelId?: string | null | undefined
  readonly contactId?: string | null | undefined
  /** Who added or removed the tag. */
  readonly updateBy?: unknown
}

/** Payload of `Conversation.Tag.Unmapped`. It has no `id`, `channelId` or `contactId`. */
export interface ConversationTagUnmapped {
  readonly accountId: string
  readonly conversationId: string
  readonly tagId: string
  /** The tag's name. */
  readonly name: string
  /** Who added or removed the tag. */
  readonly updateBy?: unknown
}

/** Payload of `Conversation.HandoverAgentFallback`: any JSON object. Gallabox documents none. */
export interface ConversationHandoverAgentFallback extends JsonObject {}

/** Payload of `Conversation.InactiveAgentFallback`: any JSON object. Gallabox documents none. */
export interface ConversationInactiveAgentFallback extends JsonObject {}

/** Payload of `Conversation.AI.Analyse`: any JSON object. Gallabox documents none. */
export interface ConversationAiAnalyse extends JsonObject {}

/** The customer on WhatsApp. */
export interface ConversationWhatsApp {
  readonly waId?: string | null | undefined
  readonly senderId?: string | null | undefined
  /** A single object here. On a contact it is a list. */
  readonly formattedPhone?: FormattedPhone | null | undefined
}

/** A user who was mentioned in a conversation. */
export interface MentionedUser {
  readonly userId?: string | null | undefined
  readonly userUnreadCount?: number | null | undefined
  readonly lastReadMessageId?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. The lower-case "l" is Gallabox's. */
  readonly userlastSeen?: string | null | undefined
  readonly user?: User | null | undefined
}

/** The business's channel of a conversation. */
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

/** The bot of a conversation. */
export interface Bot {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly sessionTTL?: number | null | undefined
  readonly sessionTimeoutMessage?: string | null | undefined
  readonly version?: unknown
  readonly acceptVoice?: boolean | null | undefined
}

/** The number of messages in a conversation. */
export interface MessageCount {
  readonly received?: number | null | undefined
  readonly sent?: number | null | undefined
  /** Private notes between agents. */
  readonly private?: number | null | undefined
}

/** The web widget of a conversation. */
export interface ConversationWeb {
  /** Always null in the known payloads. */
  readonly visitor?: unknown
  readonly visitorUnreadCount?: number | null | undefined
}

/** The latest message of a conversation, with its database fields. */
export interface LatestMessage extends MessageBody {
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly updatedAt?: string | null | undefined
  readonly toSync?: boolean | null | undefined
  /** Always null in the known payloads. */
  readonly user?: unknown
  readonly _id?: string | null | undefined
  readonly __v?: number | null | undefined
}
