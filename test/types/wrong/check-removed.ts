// TS2322
import type { EventMap } from '../../../src/events/event-map.js'
import type { Shape } from '../../../src/events/shape.js'

export const template: Shape<EventMap['Template.Status']> = { id: 'string', name: 'string' }
