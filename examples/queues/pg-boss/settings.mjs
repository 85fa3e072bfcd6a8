// Settings that the receiver and the worker share.
export const queueName = 'gallabox'
export const connectionString = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
export const schema = process.env.SCHEMA ?? 'gallabox'

/** A dead worker's jobs run again after five seconds. The check runs every two seconds. */
export const queueOptions = { name: queueName, expireInSeconds: 5, retryLimit: 5 }
export const bossOptions = { connectionString, schema, maintenanceIntervalSeconds: 2 }

/** The delivery's key is the primary key, so storing a message also marks it as done. */
export const messagesTableSql = `
  CREATE TABLE IF NOT EXISTS ${schema}.messages (key text PRIMARY KEY, customer text NOT NULL, body jsonb NOT NULL)`
