// The checks of src/events/shape.ts are tied to the interfaces: neither compiles without the other.
import type { EventMap } from '../../src/events/event-map.js'
import type { Shape } from '../../src/events/shape.js'

export const right: Shape<EventMap['Contact.Tag.Mapped']> = {
  id: 'string',
  contactId: 'string',
  accountId: 'string',
  name: 'string',
  tagId: 'absent',
}
// @ts-expect-error A required member without its check.
export const missing: Shape<EventMap['Template.Status']> = { id: 'string', name: 'string' }
export const surplus: Shape<EventMap['Template.Status']> = {
  id: 'string',
  name: 'string',
  new_status: 'string',
  // @ts-expect-error A check without its required member.
  language: 'string',
}
// @ts-expect-error A check of another type.
export const another: Shape<EventMap['Template.Status']> = { id: 'number', name: 'string', new_status: 'string' }
// @ts-expect-error A member that must be absent, without its check.
export const present: Shape<EventMap['Contact.Created']> = { id: 'string', accountId: 'string', name: 'string' }
export const deep: Shape<EventMap['Message.WA.Payment.Status.Received']> = {
  id: 'string',
  status: 'string',
  timestamp: 'string',
  recipient_id: 'string',
  // @ts-expect-error A required member one level down, without its check.
  payment: {},
}
// @ts-expect-error A literal whose check allows more.
export const literal: Shape<EventMap['Message.WA.Status.Failed']>['status'] = 'string'
