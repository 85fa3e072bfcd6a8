import type { MessageWaStatusReceived } from '../../events/message.js'
import { customerPhone, epochSeconds, offer } from './story.js'

/** Asha reads the offer. */
export function messageWaStatusReceived(): MessageWaStatusReceived {
  return {
    id: offer.id,
    status: 'read',
    timestamp: String(epochSeconds('2026-08-14T06:34:52.000Z')),
    recipient_id: customerPhone,
    errors: [],
    message: { recipient_id: customerPhone },
    localMessageId: offer.localMessageId,
  }
}
