// What a cart comes to, in whole minor units: money is not added up in binary fractions.
// It must not know how content is found.
import type { WhatsAppProductItem } from '../whatsapp.js'
import { type ContentEvent, messageContent } from './message-content.js'

/** An amount of money. */
export interface OrderTotal {
  /** Whole minor units, such as paise or cents: 113950 for ₹1139.50. */
  readonly minorUnits: number
  /** ISO 4217, such as `"INR"`. */
  readonly currency: string
}

/**
 * Adds up a cart: price times quantity of every item, each price rounded to the currency's minor unit (ISO 4217: two
 * decimals for most, none for JPY, three for KWD).
 *
 * @returns The total, or undefined where the message is no cart, where items have several currencies, or where a price, a
 * quantity or the currency is missing or makes no sense.
 * @example
 * ```ts
 * import { createReceiver, orderTotal } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.WA.Cart.received': (event) => console.log(orderTotal(event)) }, // { minorUnits: 113950, currency: 'INR' }
 * })
 * ```
 */
export function orderTotal(event: ContentEvent): OrderTotal | undefined {
  const content = messageContent(event)
  const items: unknown = content.kind === 'order' ? content.order.product_items : undefined
  if (!Array.isArray(items)) return undefined
  const currency = (items[0] as WhatsAppProductItem | null | undefined)?.currency
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined
  const decimals = decimalsOf(currency)
  const minorUnits = items.reduce((sum, item) => sum + minorUnitsOf(item, currency, decimals), 0)
  return Number.isSafeInteger(minorUnits) ? { minorUnits, currency } : undefined
}

/** Not a number where the item cannot be added up. */
function minorUnitsOf(item: WhatsAppProductItem | null, currency: string, decimals: number): number {
  const { item_price: price, quantity, currency: own } = item ?? {}
  if (own !== currency || !isAmount(price) || !isAmount(quantity) || !Number.isInteger(quantity)) return Number.NaN
  // Rounded before it is multiplied and added, so that no binary fraction adds up: 3 * 80.1 is 240.29999999999998.
  return Math.round(price * 10 ** decimals) * quantity
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

// The currencies of ISO 4217 whose minor unit is not a hundredth.
const withoutDecimals = /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF/
const withThreeDecimals = /BHD|IQD|JOD|KWD|LYD|OMR|TND/
const withFourDecimals = /CLF|UYW/

function decimalsOf(currency: string): number {
  if (withoutDecimals.test(currency)) return 0
  if (withThreeDecimals.test(currency)) return 3
  return withFourDecimals.test(currency) ? 4 : 2
}
