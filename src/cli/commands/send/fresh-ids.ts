// Copies of a sample that are deliveries of their own and happen now: other ids of the message, and its times moved.
// It must not know events.
import { randomBytes, randomUUID } from 'node:crypto'

type Members = Readonly<Record<string, unknown>>

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const epochSecondsKey = /(^|_)timestamp$/

let latest = 0

/**
 * Copies a body, with other ids of the message, so that a receiver does not take it for a retry, and with its times moved
 * to now, so that it is not too old either. A body that has neither id of a message nor time stays as it is.
 */
export function withFreshIds(payload: unknown): unknown {
  const body = payload as Members
  // Strictly growing: copies of a body without an id differ by their times.
  latest = Math.max(Date.now(), latest + 1)
  const byMs = latest - (momentOf(body) ?? latest)
  const freshIds = new Map(messageIds(body).map((id) => [id, renew(id)]))
  const renewed = JSON.stringify(body, (key, value: unknown) =>
    epochSecondsKey.test(key) ? moveSeconds(value, byMs) : (freshIds.get(value) ?? moveTime(value, byMs)),
  )
  return JSON.parse(renewed)
}

/** When it happened, in milliseconds; undefined where no time of the event itself is in the body. */
function momentOf({ timestamp, whatsapp, updatedAt }: Members): number | undefined {
  if (typeof timestamp === 'string') return Number(timestamp) * 1000
  const time = (whatsapp as Members | undefined)?.time ?? updatedAt
  return typeof time === 'string' ? Date.parse(time) : undefined
}

// All are moved alike, so that what was before stays before.
function moveSeconds(value: unknown, byMs: number): unknown {
  const seconds = Math.floor(Number(value) + byMs / 1000)
  return typeof value === 'string' ? String(seconds) : seconds
}

// A birthday, which is a midnight, stays where it is.
function moveTime(value: unknown, byMs: number): unknown {
  const isMoment = typeof value === 'string' && isoTime.test(value) && !value.endsWith('T00:00:00.000Z')
  return isMoment ? new Date(Date.parse(value) + byMs).toISOString() : value
}

/** The ids of the messages in a body; those of contacts, tags and conversations are not among them. */
function messageIds({ id, latestMessageId, ...body }: Members): readonly unknown[] {
  const messages = [body, body.latestMessage, body.flowResponse].filter(isMembers)
  const theirs = messages.flatMap(({ localMessageId, whatsapp }) => [
    localMessageId,
    isMembers(whatsapp) ? whatsapp.id : undefined,
  ])
  const isOfMessage = body.localMessageId !== undefined || String(id).startsWith('wamid.')
  return [isOfMessage ? id : undefined, latestMessageId, ...theirs].filter((value) => value !== undefined)
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

function renew(id: unknown): string {
  const text = String(id)
  if (text.startsWith('wamid.')) return `wamid.${randomBytes(42).toString('base64')}`
  return text.includes('-') ? randomUUID() : randomBytes(12).toString('hex')
}
