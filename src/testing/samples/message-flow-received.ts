import type { MessageFlowReceived } from '../../events/message.js'
import { channel, customer, customerEmail, londonPhone, place } from './story.js'

/** Asha fills in the form of the tea club. */
export function messageFlowReceived(): MessageFlowReceived {
  return {
    flowResponse: {
      ...place,
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
