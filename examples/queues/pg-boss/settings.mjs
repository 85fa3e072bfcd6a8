// Settings that the receiver and the worker share.
import PgBoss from 'pg-boss'
import { connectionString, schema } from '../database.mjs'

export const queueName = 'gallabox'
// Failed jobs stay in the table `job` for 30 days, then another 30 in `archive`.
const boss = new PgBoss({
  connectionString,
  schema,
  maintenanceIntervalSeconds: 2,
  archiveFailedAfterSeconds: 30 * 24 * 3600,
  deleteAfterDays: 30,
})

/** Connects and creates the queue. A dead worker's jobs run again after five seconds. So a job must take less. */
export async function startBoss() {
  boss.on('error', (error) => console.error(error.message))
  await boss.start()
  await boss.createQueue(queueName, { name: queueName, expireInSeconds: 5, retryLimit: 4, retryBackoff: true })
  return boss
}
