// What happens to messages after they are sent, and the answers of a form.
import type {
  MessageFlowReceived,
  MessageWaInteractionReceived,
  MessageWaPaymentStatusReceived,
  MessageWaStatusFailed,
  MessageWaStatusReceived,
} from '../../events/message.js'
import { channel, customer, customerPhone, epochSeconds, flowAnswer, offer, receipt, sharedIds } from './fixtures.js'

/** Asha fills in the form of the tea club. */
export function messageFlowReceived(): MessageFlowReceived {
  return {
    flowResponse: {
      ...sharedIds,
      channelType: channel.type,
      flowData: flowAnswer.data(),
      localMessageId: flowAnswer.localMessageId,
      sender: customer.id,
      contactName: customer.name,
    },
  }
}

/** The offer is sent to Asha, arrives, and is read. */
export const messageStatuses = {
  read: () => offerStatus('read', '2026-08-14T06:34:52.000Z'),
  delivered: () => offerStatus('delivered', '2026-08-14T06:34:44.000Z'),
  sent: () => offerStatus('sent', '2026-08-14T06:34:41.000Z'),
} satisfies Readonly<Record<string, () => MessageWaStatusReceived>>

/** The receipt to Asha's London number fails, which is not on WhatsApp. */
export function messageWaStatusFailed(): MessageWaStatusFailed {
  const { id, localMessageId, recipient } = receipt
  return {
    id,
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
    localMessageId,
  }
}

/** Asha pays her order by UPI: ₹1139.50. */
export function messageWaPaymentStatusReceived(): MessageWaPaymentStatusReceived {
  return {
    id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSNkQ2MUM0ODA0RTM0MDgzOERFAA==',
    status: 'captured',
    timestamp: String(epochSeconds('2026-08-14T06:38:46.000Z')),
    recipient_id: customerPhone,
    type: 'payment',
    payment: {
      reference_id: 'CHAI-20260814-0042',
      currency: 'INR',
      transaction: [
        {
          id: 'pay_Rk7mQ2vTz8LdXa',
          type: 'upi',
          status: 'success',
          created_timestamp: epochSeconds('2026-08-14T06:38:21.000Z'),
          updated_timestamp: epochSeconds('2026-08-14T06:38:44.000Z'),
        },
      ],
      amount: { value: 113950, offset: 100 },
    },
    orderType: 'payments',
  }
}

/** Asha reacts to the offer with a heart. */
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

function offerStatus(status: string, time: string): MessageWaStatusReceived {
  return {
    id: offer.id,
    status,
    timestamp: String(epochSeconds(time)),
    recipient_id: customerPhone,
    errors: [],
    message: { recipient_id: customerPhone },
    localMessageId: offer.localMessageId,
  }
}
