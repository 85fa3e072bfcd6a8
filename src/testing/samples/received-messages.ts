import type { MessageReceived, MessageWaCartReceived } from '../../events/message.js'
import type { WhatsApp, WhatsAppContext } from '../../events/whatsapp.js'
import { agent, channel, customer, customerPhone, fileUrl, flowAnswer, offer, sharedIds } from './fixtures.js'

/** Asha asks for the price of a tin of tea. */
export function messageReceived(): MessageReceived {
  return receivedMessage(
    {
      id: '66a3d9214f2b8c0013cd56f8',
      localMessageId: '0b9c6a52-6f0e-4c0f-9a51-2f6f5d1c7e10',
      whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0E4RjlDMkQxQjdFNkE1NDkzMjEA',
      time: '2026-08-14T06:31:12.000Z',
    },
    { type: 'text', text: { body: 'Namaste 🙏 is the 250 g tin still ₹449? 😊' } },
  )
}

/** A message of each kind, from Asha. */
export const receivedMessages = {
  text: messageReceived,

  /** Asha taps a button of the offer. */
  'quick-reply': () =>
    receivedMessage(
      {
        id: '66a3da004f2b8c0013cd5800',
        localMessageId: '8dfc6eea-50a2-43c9-a3de-c9f1b5777f1d',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUMUQ3NUYyOEY5MjYzQUY0N0M1NDQA',
        time: '2026-08-14T06:35:20.000Z',
      },
      {
        type: 'button',
        button: { text: 'See the prices', payload: 'OFFER_PRICES' },
        context: offerContext(),
      },
    ),

  /** Asha chooses how she wants her order. */
  button: () =>
    receivedMessage(
      {
        id: '66a3da014f2b8c0013cd5801',
        localMessageId: 'ce50a093-4372-4eb8-adf1-1390e2c1de18',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUQzNFMkQ3OEYzRkYzMzU3MjRCNDAA',
        time: '2026-08-14T06:37:02.000Z',
      },
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'delivery-home', title: 'Home delivery' } },
      },
    ),

  /** Asha chooses a tea from a list. */
  list: () =>
    receivedMessage(
      {
        id: '66a3da024f2b8c0013cd5802',
        localMessageId: '10ae9fc7-d453-40dd-a25d-0edf2ede7961',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUQTMzMDM5NUNDMEE1M0FEMTIwNzcA',
        time: '2026-08-14T06:35:41.000Z',
      },
      {
        type: 'interactive',
        interactive: {
          type: 'list_reply',
          list_reply: { id: 'TIN-ASSAM-250', title: 'Assam tea, 250 g tin', description: 'Strong and malty' },
        },
      },
    ),

  /** Asha asks about a tin, with a photo of it. */
  image: () =>
    receivedMessage(
      {
        id: '66a3da034f2b8c0013cd5803',
        localMessageId: '78805a22-1a98-4e79-af3f-42d7c5bfd418',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUNjEwNUQ2Q0M3NkFGNDAwMzI1RTkA',
        time: '2026-08-14T06:31:40.000Z',
      },
      {
        type: 'image',
        image: { path: fileUrl('tin.jpg'), mimeType: 'image/jpeg', caption: 'Is it this one? 🫖' },
      },
    ),

  /** Asha shows how she makes her chai. */
  video: () =>
    receivedMessage(
      {
        id: '66a3da044f2b8c0013cd5804',
        localMessageId: '421b47ff-d946-4a08-ab65-cd668c6b17e6',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUMENBQjFDOTYxNzQwNEZBRjJCMjQA',
        time: '2026-08-14T06:32:05.000Z',
      },
      {
        type: 'video',
        video: { path: fileUrl('chai.mp4'), mimeType: 'video/mp4', caption: 'My grandmother’s way' },
      },
    ),

  /** Asha sends a voice note. */
  audio: () =>
    receivedMessage(
      {
        id: '66a3da054f2b8c0013cd5805',
        localMessageId: 'a5ca0b58-9432-4f8b-a54b-b9fffad29d1e',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUNkVEODkxOUNFMjA0OTBBNUUzQUQA',
        time: '2026-08-14T06:32:21.000Z',
      },
      {
        type: 'audio',
        audio: { path: fileUrl('voice.ogg'), mimeType: 'audio/ogg; codecs=opus' },
      },
    ),

  /** Asha sends the invoice of an earlier order. */
  document: () =>
    receivedMessage(
      {
        id: '66a3da064f2b8c0013cd5806',
        localMessageId: 'fdc3bdef-b79c-4c8e-a821-1d2499e04704',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUNDNDQzIzRkE1MkI4N0I0Q0MxRDAA',
        time: '2026-08-14T06:32:48.000Z',
      },
      {
        type: 'document',
        document: { path: fileUrl('invoice-0017.pdf'), mimeType: 'application/pdf', caption: 'The same again, please' },
      },
    ),

  /** Asha sends a sticker. */
  sticker: () =>
    receivedMessage(
      {
        id: '66a3da074f2b8c0013cd5807',
        localMessageId: '9173f7d7-444d-4161-a4de-a50f35f5d15f',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUNTdDNEIxM0E0QzczMzVFNzJGMTYA',
        time: '2026-08-14T06:40:02.000Z',
      },
      {
        type: 'sticker',
        sticker: { path: fileUrl('thank-you.webp'), mimeType: 'image/webp' },
      },
    ),

  /** Asha says where to deliver. */
  location: () =>
    receivedMessage(
      {
        id: '66a3da084f2b8c0013cd5808',
        localMessageId: 'd5189de0-2792-4f81-a059-51e6efe0efd5',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgURTZFQUVBMThFODg1RTEwNzg4MjkA',
        time: '2026-08-14T06:37:30.000Z',
      },
      {
        type: 'location',
        location: {
          latitude: 12.971599,
          longitude: 77.594566,
          name: 'Cubbon Park',
          address: 'Kasturba Road, Bengaluru 560001',
        },
      },
    ),

  /** Asha shares the number of the friend who gets the gift. */
  contacts: () =>
    receivedMessage(
      {
        id: '66a3da094f2b8c0013cd5809',
        localMessageId: '4136a932-eb77-44a0-acb8-7c3fb9e1ea1d',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUQUE1QUY0MDg0RjM3NDZCQjI5QTIA',
        time: '2026-08-14T06:37:55.000Z',
      },
      {
        type: 'contacts',
        contacts: [
          {
            name: { formattedName: 'Meera Iyer', firstName: 'Meera', lastName: 'Iyer' },
            phones: [{ phone: '+91 98450 12345', type: 'CELL', waId: '919845012345' }],
            emails: [{ email: 'meera.iyer@mail.example', type: 'HOME' }],
          },
        ],
      },
    ),

  /** Asha writes after a click on an ad. */
  referral: () =>
    receivedMessage(
      {
        id: '66a3da0a4f2b8c0013cd580a',
        localMessageId: 'cd9bcdcb-f9ef-492b-a2bc-e89a7c150638',
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUNDQ1NzRDNEJBMkVBNzRBRDRCRjEA',
        time: '2026-08-14T06:31:02.000Z',
      },
      {
        type: 'text',
        text: { body: 'Hi! I saw your Diwali ad 🪔' },
        referral: {
          source_id: '120210384756473829',
          source_type: 'ad',
          source_url: 'https://fb.me/2kdi9Vwali',
          headline: 'Diwali teas from Chai & Co',
          body: 'Tins from ₹449. Order on WhatsApp.',
          ctwa_clid: 'ARAkLkA8rmlFeiCktEJQTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwLF4XvnO2E4Nx0',
        },
      },
    ),

  /** Asha fills in the form of the tea club. Also sent as Message.Flow.Received. */
  flow: () =>
    receivedMessage(
      {
        id: '66a3da144f2b8c0013cd5814',
        localMessageId: flowAnswer.localMessageId,
        whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUM0IyMTI3ODE3OEVEMzQ2M0YzQkQA',
        time: '2026-08-14T06:35:58.000Z',
      },
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { response_json: JSON.stringify(flowAnswer.data()), body: 'Sent', name: 'flow' },
        },
      },
    ),
} satisfies Readonly<Record<string, () => MessageReceived>>

/** Asha's thanks, her last message. */
export function thanks(): MessageReceived {
  return receivedMessage(
    {
      id: '66a3db2c4f2b8c0013cd5712',
      localMessageId: 'b04c424c-8db3-4b44-a2af-506a04723422',
      whatsappId: 'wamid.HBgMOTE5ODc2NTQzMjEwFQIAEhgUODQyQkQyQjExMzMzMzAwQ0VBOUEA',
      time: '2026-08-14T06:39:57.000Z',
    },
    { type: 'text', text: { body: 'Paid! Thank you so much 🙏☕' } },
  )
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
      context: offerContext(),
    },
  }
}

/** A message from Asha. */
function receivedMessage(
  { id, localMessageId, whatsappId, time }: Readonly<Record<'id' | 'localMessageId' | 'whatsappId' | 'time', string>>,
  content: WhatsApp,
): MessageReceived {
  return {
    ...sharedIds,
    id,
    sender: customer.id,
    senderType: 'contact',
    channelType: 'whatsapp',
    channelNumber: channel.number,
    localMessageId,
    whatsapp: { id: whatsappId, from: customerPhone, time, status: 'received', ...content },
    contact: { id: customer.id, name: customer.name, phone: [customerPhone] },
  }
}

/** Says that a message of Asha's answers the offer. */
function offerContext(): WhatsAppContext {
  return {
    from: channel.number,
    id: offer.wamid,
    reply: {
      messageId: offer.id,
      type: 'template',
      senderId: agent.id,
      localMessageId: offer.localMessageId,
      context: { source: 'app' },
    },
  }
}
