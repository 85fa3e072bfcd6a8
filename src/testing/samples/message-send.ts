import type { MessageSend } from '../../events/message.js'
import { agent, channel, customer, customerPhone, epochSeconds, offer, place, template } from './story.js'

/** Priya answers with the Diwali offer, a message template. */
export function messageSend(): MessageSend {
  return {
    ...place,
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
