// A shape compiles only if it checks exactly the required members of its interface.
import type { EventMap } from '../../src/events/event-map.js'
import type { Shape } from '../../src/events/shape.js'

export const right: Shape<EventMap['Contact.Tag.Mapped']> = {
  id: 'string',
  contactId: 'string',
  accountId: 'string',
  name: 'string',
  tagId: 'absent',
}
// @ts-expect-error A required member has no check.
export const missing: Shape<EventMap['Template.Status']> = { id: 'string', name: 'string' }
export const surplus: Shape<EventMap['Template.Status']> = {
  id: 'string',
  name: 'string',
  new_status: 'string',
  // @ts-expect-error The checked member is optional.
  language: 'string',
}
// @ts-expect-error The check has another type.
export const another: Shape<EventMap['Template.Status']> = { id: 'number', name: 'string', new_status: 'string' }
// @ts-expect-error A forbidden member has no check.
export const present: Shape<EventMap['Contact.Created']> = { id: 'string', accountId: 'string', name: 'string' }
export const deep: Shape<EventMap['Message.WA.Payment.Status.Received']> = {
  id: 'string',
  status: 'string',
  timestamp: 'string',
  recipient_id: 'string',
  // @ts-expect-error A required member of an inner object has no check.
  payment: {},
}
// @ts-expect-error The check accepts more than the literal.
export const literal: Shape<EventMap['Message.WA.Status.Failed']>['status'] = 'string'
