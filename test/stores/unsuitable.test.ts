// Measures stores without an atomic conditional write: every claimant wins. docs/concepts/idempotency.md quotes the numbers.
import { Keyv } from 'keyv'
import { createStorage } from 'unstorage'
import { expect, test } from 'vitest'

const keyv = new Keyv()
const storage = createStorage()

// The only way to claim a key with such a store: read, then write. Cloudflare KV has no other commands either.
const stores = [
  { name: 'keyv', has: () => keyv.has('key'), set: () => keyv.set('key', 'claimed') },
  { name: 'unstorage', has: () => storage.hasItem('key'), set: () => storage.setItem('key', 'claimed') },
]

test.each(stores)('$name grants one key to all of fifty concurrent claims', async ({ has, set }) => {
  async function claim(): Promise<boolean> {
    if (await has()) return false
    await set()
    return true
  }
  const granted = await Promise.all(Array.from({ length: 50 }, claim))
  expect(granted.filter(Boolean)).toHaveLength(50)
  expect(await claim()).toBe(false)
})
