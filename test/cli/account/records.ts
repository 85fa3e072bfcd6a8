// The records of GET /devapi/webhooks, in the shape that Gallabox publishes.

export const receiverUrl = 'https://example.com/webhooks/gallabox'

/** Returns a record without a problem. A member that is undefined is left out. */
export function record(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: '64f0c1a2b3d4e5f60718293a',
    accountId: '64f0c1a2b3d4e5f607182900',
    events: ['Contact.Created', 'Message.Received'],
    requestUrl: receiverUrl,
    requestMethod: 'POST',
    disabled: false,
    requestFailedCount: 0,
    skipDisable: false,
    secret: 'U2FsdGVkX1+W8rTqLkq0b3pU9sXo2mJvYz1cA5dEfGh=',
    creatorId: '64f0c1a2b3d4e5f607182901',
    createdAt: '2026-05-01T10:00:00.000Z',
    updatedAt: '2026-08-14T09:31:12.345Z',
    ...changes,
  }
}

/** Another record without a problem, at another URL, with the members that some records have. */
export function otherRecord(changes: Readonly<Record<string, unknown>> = {}) {
  return record({
    id: '64f0c1a2b3d4e5f60718293b',
    _id: '64f0c1a2b3d4e5f60718293b',
    __v: 0,
    events: ['Template.Status'],
    requestUrl: 'https://hooks.example.net/templates',
    ...changes,
  })
}
