import { isNewerStatus } from 'gallabox-webhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statusesTableSql, storeStatus } from '../../examples/queues/late-statuses.mjs'
import { connectPostgres, hasPostgres } from '../support/servers.js'

const schema = `t${globalThis.crypto.randomUUID().replaceAll('-', '')}`
const statuses = ['unknown', 'queued', 'sent', 'error', 'failed', 'received', 'delivered', 'read', 'deleted']

describe.skipIf(!hasPostgres)('storeStatus', () => {
  const pool = connectPostgres({ options: `-c search_path=${schema}` })
  beforeAll(async () => {
    await pool.query(`CREATE SCHEMA ${schema}`)
    await pool.query(statusesTableSql)
  })
  afterAll(async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })

  test('stores exactly the statuses for which isNewerStatus returns true', async () => {
    const all = [...statuses, 'READ', 'captured']
    for (const current of all) {
      for (const next of all) {
        const id = `${current}-${next}`
        expect(await storeStatus(pool, { id, status: current })).toBe(true)
        expect([current, next, await storeStatus(pool, { id, status: next })]).toEqual([
          current,
          next,
          isNewerStatus(next, current),
        ])
      }
    }
  })

  test('keeps the newest of statuses that are stored at once', async () => {
    const storing = ['read', 'sent', 'delivered'].flatMap((status) =>
      Array.from({ length: 10 }, (_, i) => storeStatus(pool, { id: `message-${i}`, status })),
    )
    await Promise.all(storing)
    const { rows } = await pool.query("SELECT DISTINCT status FROM statuses WHERE message_id LIKE 'message-%'")
    expect(rows).toEqual([{ status: 'read' }])
  })
})
