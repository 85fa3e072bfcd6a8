import type { MessageWaCartReceived } from '../../events/message.js'
import { messageReceived } from './message-received.js'
import { agent, channel, customerPhone, offer } from './story.js'

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
