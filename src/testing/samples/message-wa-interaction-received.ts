import type { MessageWaInteractionReceived } from '../../events/message.js'
import { customerPhone, epochSeconds, offer } from './story.js'

/** Asha puts a heart on the offer. */
export function messageWaInteractionReceived(): MessageWaInteractionReceived {
  return {
    id: offer.id,
    timestamp: String(epochSeconds('2026-08-14T06:34:59.000Z')),
    recipient_id: customerPhone,
    interaction: 'reaction',
    reaction: { emoji: '❤️' },
    message: { recipient_id: customerPhone },
    localMessageId: offer.localMessageId,
  }
}
