import { orderTotal } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { message, sample } from '../../support/sample-events.js'

describe('orderTotal', () => {
  function cart(...product_items: unknown[]) {
    return message({ type: 'order', order: { product_items } })
  }
  function item(item_price: unknown, quantity: unknown = 1, currency: unknown = 'INR') {
    return { product_retailer_id: 'TIN', item_price, quantity, currency }
  }

  test('returns ₹1139.50 when given the sample cart', () => {
    expect(orderTotal(sample('Message.WA.Cart.Received'))).toEqual({ minorUnits: 113950, currency: 'INR' })
  })

  test.each<[title: string, items: unknown[], minorUnits: number, currency: string]>([
    ['a price that binary fractions cannot represent', [item(80.1, 3)], 24030, 'INR'],
    ['many items with such a price', Array.from({ length: 1000 }, () => item(0.1)), 10000, 'INR'],
    ['prices with rounding errors', [item(80.10000000000001), item(19.999999999999996)], 10010, 'INR'],
    ['a price of zero', [item(0)], 0, 'INR'],
    ['a currency without decimals', [item(1200, 2, 'JPY')], 2400, 'JPY'],
    ['a currency with three decimals', [item(1.005, 2, 'KWD')], 2010, 'KWD'],
    ['a currency with four decimals', [item(1.0005, 2, 'CLF')], 20010, 'CLF'],
  ])('returns the exact total when the cart has %s', (_title, items, minorUnits, currency) => {
    expect(orderTotal(cart(...items))).toEqual({ minorUnits, currency })
  })

  test.each<[title: string, items: unknown[]]>([
    ['no items', []],
    ['two currencies', [item(1), item(1, 1, 'USD')]],
    ['no currency', [item(1, 1, null)]],
    ['an invalid currency', [item(1, 1, '₹')]],
    ['a currency that is not a string', [item(1, 1, 7)]],
    ['a price that is a string', [item('₹80.00')]],
    ['a negative price', [item(-1)]],
    ['an infinite price', [item(Number.POSITIVE_INFINITY)]],
    ['a price beyond safe integers', [item(1e15)]],
    ['half an item', [item(1, 0.5)]],
    ['no quantity', [item(1, null)]],
    ['an item that is null', [null]],
    ['a second item that is null', [item(1), null]],
  ])('returns undefined when the cart has %s', (_title, items) => {
    expect(orderTotal(cart(...items))).toBeUndefined()
  })

  test.each([undefined, null, {}, 'text'])('returns undefined when the items are %j', (product_items) => {
    expect(orderTotal(message({ type: 'order', order: { product_items } }))).toBeUndefined()
  })

  test('returns undefined when the message is not a cart', () => {
    expect(orderTotal(sample('Message.Received'))).toBeUndefined()
  })
})
