import { randomBytes, randomUUID } from 'node:crypto'

type PayloadObject = Readonly<Record<string, unknown>>

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const epochSecondsKey = /(^|_)timestamp$/

let latestMs = 0

/**
 * Copies a payload with new message ids and with its times moved to now. The copy is neither a duplicate nor stale. A
 * payload without message ids and times stays unchanged.
 */
export function refreshPayload(payload: unknown): unknown {
  return refreshPayloads([payload])[0]
}

/**
 * Copies the payloads of one conversation like `refreshPayload`. An id is replaced in all of them, and the latest event
 * is moved to now, so that the order and the distance of all times stay the same.
 *
 * @param otherIds - Ids to replace in addition to those of messages.
 */
export function refreshPayloads(payloads: readonly unknown[], otherIds: readonly string[] = []): readonly unknown[] {
  const bodies = payloads as readonly PayloadObject[]
  // Strictly increasing, because copies of a payload without an id differ only by their times.
  latestMs = Math.max(Date.now(), latestMs + 1)
  const times = bodies.map(readTimeMs).filter((time) => time !== undefined)
  const shiftMs = times.length === 0 ? 0 : latestMs - Math.max(...times)
  const newIds = new Map([...bodies.flatMap(listMessageIds), ...otherIds].map((id) => [id, createIdLike(id)]))
  const refreshed = JSON.stringify(bodies, (key, value: unknown) =>
    epochSecondsKey.test(key) ? shiftSeconds(value, shiftMs) : (newIds.get(value) ?? shiftTime(value, shiftMs)),
  )
  return JSON.parse(refreshed)
}

/** Returns the time of the event in milliseconds, or undefined if the payload does not contain it. */
function readTimeMs({ timestamp, whatsapp, updatedAt }: PayloadObject): number | undefined {
  if (typeof timestamp === 'string') return Number(timestamp) * 1000
  const time = (whatsapp as PayloadObject | undefined)?.time ?? updatedAt
  return typeof time === 'string' ? Date.parse(time) : undefined
}

// All times are shifted equally, which keeps their order.
function shiftSeconds(value: unknown, shiftMs: number): unknown {
  const seconds = Math.floor(Number(value) + shiftMs / 1000)
  return typeof value === 'string' ? String(seconds) : seconds
}

// A time at midnight is a date, such as a birthday, and stays unchanged.
function shiftTime(value: unknown, shiftMs: number): unknown {
  const isTime = typeof value === 'string' && isoTime.test(value) && !value.endsWith('T00:00:00.000Z')
  return isTime ? new Date(Date.parse(value) + shiftMs).toISOString() : value
}

/** Lists the ids of messages, but not of contacts, tags and conversations. */
function listMessageIds({ id, latestMessageId, ...body }: PayloadObject): readonly unknown[] {
  const messages = [body, body.latestMessage, body.flowResponse].filter(isPayloadObject)
  const nestedIds = messages.flatMap(({ localMessageId, whatsapp }) => [
    localMessageId,
    isPayloadObject(whatsapp) ? whatsapp.id : undefined,
  ])
  const isMessage = body.localMessageId !== undefined || String(id).startsWith('wamid.')
  return [isMessage ? id : undefined, latestMessageId, ...nestedIds].filter((value) => value !== undefined)
}

function isPayloadObject(value: unknown): value is PayloadObject {
  return typeof value === 'object' && value !== null
}

/** Creates a random id of the same format. */
function createIdLike(id: unknown): string {
  const text = String(id)
  if (text.startsWith('wamid.')) return `wamid.${randomBytes(42).toString('base64')}`
  return text.includes('-') ? randomUUID() : randomBytes(12).toString('hex')
}
