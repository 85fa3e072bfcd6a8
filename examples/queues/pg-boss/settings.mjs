// What receiver and worker must agree on.
export const queueName = 'gallabox'
export const connectionString = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
export const schema = process.env.SCHEMA ?? 'gallabox'

/** How soon a dead worker's jobs run again: after five seconds, looked for every two. */
export const queueOptions = { name: queueName, expireInSeconds: 5, retryLimit: 5 }
export const bossOptions = { connectionString, schema, maintenanceIntervalSeconds: 2 }

/** The work and the mark that it is done are one step, because the key of the delivery is the table's. */
export const messagesTableSql = `
  CREATE TABLE IF NOT EXISTS ${schema}.messages (key text PRIMARY KEY, customer text NOT NULL, body jsonb NOT NULL)`
