// The work of the workers: stores each event once, in PostgreSQL.
import { setTimeout } from 'node:timers/promises'
import { entityIds } from 'gallabox-webhooks'
import pg from 'pg'
import { connectionString, schema } from './database.mjs'

const pool = new pg.Pool({ connectionString })

// The delivery's key is the primary key, so storing an event also marks it as done.
await pool.query(`
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE IF NOT EXISTS ${schema}.events (
    position bigint GENERATED ALWAYS AS IDENTITY, key text PRIMARY KEY, conversation text, payload jsonb NOT NULL)`)

const insert = `INSERT INTO ${schema}.events (key, conversation, payload) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`

/**
 * Stores an event, unless its key is stored already. A job runs again if its worker died, even if the work was done.
 *
 * @param {string} key
 * @param {import('gallabox-webhooks').GallaboxEvent} event
 */
export async function storeOnce(key, event) {
  console.log('handling', key)
  await setTimeout(20) // Stands for slow work, such as a CRM request.
  await pool.query(insert, [key, entityIds(event).conversationId, event.data])
}

/** Calls `stop` at SIGTERM, then disconnects from the database. */
export function stopOnSigterm(/** @type {() => Promise<unknown>} */ stop) {
  console.log('ready')
  process.once('SIGTERM', async () => {
    await stop()
    await pool.end()
  })
}
