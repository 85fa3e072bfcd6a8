import type { MessageWaStatusFailed } from '../../events/message.js'
import { epochSeconds, londonPhone } from './story.js'

/** The receipt to Asha's London number fails: it is not on WhatsApp. */
export function messageWaStatusFailed(): MessageWaStatusFailed {
  const recipient = `${londonPhone.countryCode}${londonPhone.number}`
  return {
    id: '66a3db104f2b8c0013cd570e',
    status: 'failed',
    timestamp: String(epochSeconds('2026-08-14T06:39:32.000Z')),
    recipient_id: recipient,
    errors: [
      {
        code: 131026,
        title: 'Message undeliverable',
        message: 'Message undeliverable',
        details: 'Message Undeliverable.',
        href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
        error_data: { details: 'Message Undeliverable.' },
        time: '2026-08-14T06:39:32.000Z',
      },
    ],
    message: { recipient_id: recipient },
    localMessageId: '20683105-2497-405c-9e8c-a8b96c534c1c',
  }
}
