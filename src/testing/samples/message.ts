import type {
  MessageFlowReceived,
  MessageReceived,
  MessageSend,
  MessageWaCartReceived,
  MessageWaInteractionReceived,
  MessageWaPaymentStatusReceived,
  MessageWaStatusFailed,
  MessageWaStatusReceived,
} from '../../events/message.js'
import {
  agent,
  channel,
  customer,
  customerEmail,
  customerPhone,
  epochSeconds,
  londonPhone,
  offer,
  sharedIds,
  template,
} from './fixtures.js'

/** Asha asks for the price of a tin of tea. */
export function messageReceived(): MessageReceived {
  return {
    ...sharedIds,
    id: '66a3d9214f2b8c0013cd56f8',
    sender: customer.id,
    senderType: 'contact',
    channelType: 'whatsapp',
    channelNumber: channel.number,
    localMessageId: '0b9c6a52-6f0e-4c0f-9a51-2f6f5d1c7e10',
    whatsapp: {
      id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0E4RjlDMkQxQjdFNkE1NDkzMjEA',
      from: customerPhone,
      time: '2026-08-14T06:31:12.000Z',
      status: 'received',
      type: 'text',
      text: { body: 'Namaste 🙏 is the 250 g tin still ₹449? 😊' },
    },
    contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
  }
}

/** Priya answers with the Diwali offer, a message template. */
export function messageSend(): MessageSend {
  return {
    ...sharedIds,
    id: offer.id,
    sender: agent.id,
    senderType: 'user',
    channelType: 'whatsapp',
    channelNumber: channel.number,
    localMessageId: offer.localMessageId,
    whatsapp: {
      id: offer.wamid,
      to: customerPhone,
      time: '2026-08-14T06:34:40.118Z',
      status: 'sent',
      statusTime: '2026-08-14T06:34:41.000Z',
      type: 'template',
      template: {
        templateId: template.id,
        body: 'Hi Asha 🪔 Our 250 g tins are still ₹449, and three chai sachets are ₹80.50 each until Sunday.',
        header: {
          type: 'IMAGE',
          image: { path: 'https://files.chaiandco.example/offers/diwali.jpg', mimeType: 'image/jpeg' },
        },
        buttons: [{ type: 'URL', text: 'See all teas', url: 'https://chaiandco.example/teas' }],
        bodyValues: { name: 'Asha', tin_price: '₹449', sachet_price: '₹80.50' },
        buttonValues: [],
        variableValues: {},
      },
      statusLog: [
        { status: 'queued', date: '2026-08-14T06:34:40.163Z' },
        { status: 'sent', date: '2026-08-14T06:34:41.000Z' },
      ],
      retryable: false,
      conversation: {
        id: '31c2266a84ab747f21b443b143c59da7',
        expiration_timestamp: epochSeconds('2026-08-15T06:34:41.000Z'),
        origin: { type: 'marketing' },
      },
      pricing: { billable: true, category: 'marketing', pricing_model: 'PMP' },
    },
    contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
    context: { type: 'template', buttonClick: [], medium: 'whatsapp', source: 'app' },
  }
}

/** Asha fills in the form of the tea club. */
export function messageFlowReceived(): MessageFlowReceived {
  return {
    flowResponse: {
      ...sharedIds,
      channelType: channel.type,
      flowData: {
        flow_token: 'tea-club-7f4e19c2',
        email: customerEmail,
        second_phone: `${londonPhone.countryCode}${londonPhone.number}`,
        birthday: '1991-03-08',
        favourite_teas: ['Masala chai', 'Darjeeling'],
        cups_a_day: '4',
        note: 'No cardamom, please 🙏',
        newsletter: true,
      },
      localMessageId: '1bbc5bf2-13bd-49a6-aac4-9cee211850cb',
      sender: customer.id,
      contactName: customer.name,
    },
  }
}

/** Asha sends a cart: two tins of tea and three sachets, ₹1139.50 in all. */
export function messageWaCartReceived(): MessageWaCartReceived {
  return {
    ...messageReceived(),
    id: '66a3da5d4f2b8c0013cd56ff',
    localMessageId: 'cb396aea-893c-4122-97e4-8413efcc09b7',
    whatsapp: {
      id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUQTFCMUQzMzQ4MTY0MDc1NkVDMUIA',
      from: customerPhone,
      time: '2026-08-14T06:36:31.000Z',
      status: 'received',
      type: 'order',
      order: {
        catalog_id: '731904562218347',
        product_items: [
          { product_retailer_id: 'TIN-ASSAM-250', item_price: 449, quantity: 2, currency: 'INR' },
          { product_retailer_id: 'SACHET-MASALA-40', item_price: 80.5, quantity: 3, currency: 'INR' },
        ],
        text: 'Gift wrap for the tins please 🎁',
        products: [
          {
            fbProductId: '6120847713950264',
            retailer_id: 'TIN-ASSAM-250',
            name: 'Assam tea, 250 g tin',
            description: 'Strong and malty: second flush from Jorhat.',
            price: '₹449.00',
            image_url: 'https://files.chaiandco.example/products/assam-250.jpg',
          },
          {
            fbProductId: '7394016285530917',
            retailer_id: 'SACHET-MASALA-40',
            name: 'Masala chai, 40 g sachet',
            description: 'Ginger, clove and cinnamon. No cardamom.',
            price: '₹80.50',
            image_url: 'https://files.chaiandco.example/products/masala-40.jpg',
          },
        ],
      },
      context: {
        from: channel.number,
        id: offer.wamid,
        reply: {
          messageId: offer.id,
          type: 'template',
          senderId: agent.id,
          localMessageId: offer.localMessageId,
          context: { source: 'app' },
        },
      },
    },
  }
}

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

/** The receipt to Asha's London number fails, which is not on WhatsApp. */
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
