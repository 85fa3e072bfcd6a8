// A message as a conversation carries it: the event's body, and what the database adds.
// It must not know which message it is.
import type { LatestMessage } from '../../events/conversation.js'
import type { MessageReceived } from '../../events/message.js'

/** The last message of a conversation. */
export type StoredMessage = MessageReceived & LatestMessage

/** Adds to a message what the database adds. */
export function storedMessage(message: MessageReceived, createdAt: string): StoredMessage {
  return { ...message, _id: message.id, __v: 0, createdAt, updatedAt: createdAt, toSync: false, user: null }
}
