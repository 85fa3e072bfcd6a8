// The recipe for Cloudflare Queues. Miniflare keeps queues in memory, so killing it would lose them. Instead, each message
// is in the queue twice, and one fails.
import { spawn } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { read } from '../../tools/docs/pages.js'
import { root, useChildren } from '../support/children.js'
import { node22 } from '../support/node22.js'
import { count, secret, sendAll, sendTwice } from './deliveries.js'

useChildren()

/** Starts Miniflare. Returns the URLs of the receiver and of the Worker that runs SQL. */
async function startMiniflare(): Promise<string[]> {
  const env = { ...process.env, GALLABOX_WEBHOOK_SECRET: secret }
  const child = spawn(`${node22}`, ['test/queues/miniflare.mjs'], { cwd: root, env })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // Ends workerd too, which SIGKILL would leave.
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const [, ...urls] = `${chunk}`.trim().split(' ')
      if (`${chunk}`.startsWith('listening')) resolve(urls)
    })
    child.once('exit', (code) => reject(new Error(`Miniflare ended with ${code}`)))
  })
}

if (!node22) console.warn('NOT CHECKED: the recipe for Cloudflare Queues needs Node.js 22. Run npm ci in e2e.')

test.skipIf(!node22)('handles each of 200 events exactly once, and a failed one when it is replayed', async () => {
  const [url = '', inspector = ''] = await startMiniflare()
  const query = async (sql: string): Promise<Record<string, unknown>[]> => {
    const response = await fetch(inspector, { method: 'POST', body: sql })
    expect(response.status).toBe(200)
    return (await response.json()) as Record<string, unknown>[]
  }
  const countRows = async (table: string) => Number((await query(`SELECT count(*) AS rows FROM ${table}`))[0]?.rows)
  await query(read('examples/queues/cloudflare/schema.sql'))
  await query('CREATE TABLE failed (job TEXT)')
  // The database rejects one message.
  await query(`CREATE TRIGGER reject BEFORE INSERT ON events WHEN json_extract(NEW.payload, '$.id') = 'message-999'
    BEGIN SELECT RAISE(ABORT, 'rejected'); END`)

  expect(await sendTwice(url, 'message-999', 'conversation-999')).toEqual([200, 200])
  expect(new Set(await sendAll(url))).toEqual(new Set([200]))
  await expect.poll(() => countRows('events'), { timeout: 60_000, interval: 100 }).toBe(count)
  await expect.poll(() => countRows('failed'), { timeout: 60_000, interval: 100 }).toBe(2)

  await query('DROP TRIGGER reject')
  await fetch(`${inspector}replay`)
  await expect.poll(() => countRows('events'), { timeout: 60_000, interval: 100 }).toBe(count + 1)
  const ids = await query("SELECT count(DISTINCT json_extract(payload, '$.id')) AS ids FROM events")
  expect(ids).toEqual([{ ids: count + 1 }])
})
