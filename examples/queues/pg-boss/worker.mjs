// Handles messages from the queue, in a process of its own: here, it keeps them in a table.
// A worker that dies in the middle leaves its jobs to another, or to itself when it is started again.
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
  await setTimeout(20) // What takes time: asking a CRM, say.
  const customer = customerPhone({ type: 'Message.Received', data }) ?? 'unknown'
  // A job runs again if its worker died, even after its work was done: its key is taken then.
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
