import type { MessageSend } from '../../events/message.js'
import {
  agent,
  bot,
  channel,
  customer,
  customerPhone,
  epochSeconds,
  fileUrl,
  offer,
  owner,
  receipt,
  sharedIds,
  template,
} from './fixtures.js'

/** Priya's messages to Asha, and one that Asha never sees. */
export const sentMessages = {
  template: offerMessage,

  /** Priya answers Asha's question. */
  text: () => ({
    ...sentMessage('66a3d9b84f2b8c0013cd56fb', 'b0fa26a9-6be0-4c72-ac7b-5751e648f8dc'),
    whatsapp: {
      id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSMUFERkZGMDYwRjc0RjE1MzNBAA==',
      to: customerPhone,
      time: '2026-08-14T06:34:24.207Z',
      status: 'sent',
      statusTime: '2026-08-14T06:34:25.000Z',
      type: 'text',
      text: { body: 'Namaste Asha 🙏 Yes, and until Sunday there is an offer too.' },
      statusLog: [
        { status: 'queued', date: '2026-08-14T06:34:24.251Z' },
        { status: 'sent', date: '2026-08-14T06:34:25.000Z' },
      ],
    },
    context: { type: 'default', buttonClick: [], medium: 'api', source: 'gb-web-app' },
  }),

  /** Priya sends a photo of the tins. */
  image: () => ({
    ...sentMessage('66a3d9c24f2b8c0013cd56fc', 'fbafbcc4-1fa2-4767-a007-cc219f268d07'),
    whatsapp: {
      id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSNTI2NEMzRkMzQTI4RkY2NjAxAA==',
      to: customerPhone,
      time: '2026-08-14T06:34:31.530Z',
      status: 'sent',
      statusTime: '2026-08-14T06:34:32.000Z',
      type: 'image',
      image: { path: fileUrl('tins.jpg'), mimeType: 'image/jpeg', caption: 'Assam, Darjeeling and Nilgiri' },
    },
    context: { type: 'default', buttonClick: [], medium: 'api', source: 'gb-web-app' },
  }),

  /** Priya asks Rohan, in a private note. */
  note: () => ({
    ...sentMessage('66a3d9a74f2b8c0013cd56f9', '374fd075-519b-42af-a6ba-899c7bb2b1dc'),
    channelType: 'private',
    userId: agent.id,
    private: {
      type: 'text',
      text: { body: '@Rohan can we add a free sachet? She is a new customer.' },
      mentions: [owner.id],
    },
  }),
} satisfies Readonly<Record<string, () => MessageSend>>

/** The shop's automatic reply, while nobody has answered Asha. */
export function automaticReply() {
  return {
    ...sharedIds,
    id: '66a3d9984f2b8c0013cd56fa',
    sender: bot.id,
    senderType: 'bot',
    channelType: 'whatsapp',
    channelNumber: channel.number,
    localMessageId: '0c0a040d-2134-411e-b09d-5edb5d346bde',
    whatsapp: {
      id: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgSODAyRTcyMjIwQ0VERjI5NUNBAA==',
      to: customerPhone,
      time: '2026-08-14T06:33:14.512Z',
      status: 'sent',
      statusTime: '2026-08-14T06:33:14.690Z',
      type: 'text',
      text: { body: 'All hands are brewing ☕ One of us will be with you in a moment.' },
    },
    contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
  } satisfies MessageSend
}

/** Priya sends the receipt to Asha's London number, which is not on WhatsApp. */
export function receiptMessage(): MessageSend {
  return {
    ...sentMessage(receipt.id, receipt.localMessageId),
    whatsapp: {
      to: receipt.recipient,
      time: '2026-08-14T06:39:30.377Z',
      status: 'unknown',
      type: 'document',
      document: { path: fileUrl('receipt-0042.pdf'), mimeType: 'application/pdf', caption: 'Your receipt 🧾' },
    },
    context: { type: 'default', buttonClick: [], medium: 'api', source: 'gb-web-app' },
  }
}

/** Priya answers with the Diwali offer, a message template. */
function offerMessage(): MessageSend {
  return {
    ...sentMessage(offer.id, offer.localMessageId),
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
    context: { type: 'notification', buttonClick: [], medium: 'api', source: 'gb-web-app' },
  }
}

/** The members that Priya's messages have in common. */
function sentMessage(id: string, localMessageId: string): MessageSend {
  return {
    ...sharedIds,
    id,
    sender: agent.id,
    senderType: 'user',
    channelType: 'whatsapp',
    channelNumber: channel.number,
    localMessageId,
    contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
  }
}
