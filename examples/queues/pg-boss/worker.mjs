// Handles queued messages in a separate process. This one stores them in a table.
// When a worker dies, another one, or the same one after a restart, runs its jobs.
import { setTimeout } from 'node:timers/promises'
import { customerPhone } from 'gallabox-webhooks'
import pg from 'pg'
import PgBoss from 'pg-boss'
import { bossOptions, connectionString, messagesTableSql, queueName, queueOptions, schema } from './settings.mjs'

const pool = new pg.Pool({ connectionString })
const boss = new PgBoss(bossOptions)
boss.on('error', (error) => console.error(error.message))
await boss.start()
await boss.createQueue(queueName, queueOptions)
await pool.query(messagesTableSql)

/** @param {import('pg-boss').Job<{ key: string, data: import('gallabox-webhooks').MessageReceived }>} job */
async function handle({ data: { key, data } }) {
  await setTimeout(20) // Stands for slow work, such as a CRM request.
  const customer = customerPhone({ type: 'Message.Received', data }) ?? 'unknown'
  // A job can run again after its work was done, if its worker died. Its key then exists.
  const insert = `INSERT INTO ${schema}.messages (key, customer, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
  await pool.query(insert, [key, customer, data])
}

await boss.work(queueName, { batchSize: 10, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  await Promise.all(jobs.map(handle))
})
console.log('ready')

process.once('SIGTERM', async () => {
  await boss.stop()
  await pool.end()
})
