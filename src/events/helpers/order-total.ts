import type { WhatsAppProductItem } from '../whatsapp.js'
import type { ContentEvent } from './content-types.js'
import { messageContent } from './message-content.js'

/** An amount of money. */
export interface OrderTotal {
  /** Integer count of minor units, such as paise or cents: 113950 for ₹1139.50. */
  readonly minorUnits: number
  /** ISO 4217, such as `"INR"`. */
  readonly currency: string
}

/**
 * Returns the total of a cart: the sum of price times quantity. Each price is rounded to the currency's minor unit, as
 * ISO 4217 defines it: two decimals for most currencies, none for JPY, three for KWD.
 *
 * @returns The total. Undefined if the message is not a cart, if its items have several currencies, or if a price,
 * quantity or currency is missing or invalid.
 * @example
 * ```ts
 * import { createReceiver, orderTotal } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: { 'Message.WA.Cart.Received': (event) => console.log(orderTotal(event)) }, // { minorUnits: 113950, currency: 'INR' }
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

/** Returns NaN if the item is malformed or has another currency. */
function minorUnitsOf(item: WhatsAppProductItem | null, currency: string, decimals: number): number {
  const { item_price: price, quantity, currency: itemCurrency } = item ?? {}
  if (itemCurrency !== currency || !isAmount(price) || !isAmount(quantity) || !Number.isInteger(quantity))
    return Number.NaN
  // Rounded first, because binary fractions add up to errors: 3 * 80.1 is 240.29999999999998.
  return Math.round(price * 10 ** decimals) * quantity
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

// ISO 4217 currencies whose minor unit is not a hundredth.
const withoutDecimals = /BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF/
const withThreeDecimals = /BHD|IQD|JOD|KWD|LYD|OMR|TND/
const withFourDecimals = /CLF|UYW/

function decimalsOf(currency: string): number {
  if (withoutDecimals.test(currency)) return 0
  if (withThreeDecimals.test(currency)) return 3
  return withFourDecimals.test(currency) ? 4 : 2
}
