import type { MessageWaPaymentStatusReceived } from '../../events/message.js'
import { customerPhone, epochSeconds } from './story.js'

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
