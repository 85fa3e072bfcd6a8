// A receiver whose handler writes its data and completes its claim in one transaction. Arguments: the client, the
// location of its database, the table, a secret and what happens: see `events` below.
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { webhookHandler } from 'gallabox-webhooks/node'
import { sqlStore } from 'gallabox-webhooks/sql'
import { sqlClients } from '../support/sql-clients.mjs'

const [kind, location, table, secret, leaseMs, event] = process.argv.slice(2)
const { dialect, isSynchronous, open } = sqlClients[kind]
const { run, transact } = await open(location)
const store = sqlStore(run, { dialect, table })
const placeholder = dialect === 'postgres' ? '$1' : '?'

function killAt(moment) {
  if (event === moment) process.kill(process.pid, 'SIGKILL')
}

function writeSynchronously(runIn, claim) {
  runIn(`INSERT INTO ${table}_data (pid) VALUES (${placeholder}) RETURNING pid`, [String(process.pid)])
  store.completeIn(runIn, claim)
  killAt('before-commit')
}

async function write(runIn, claim) {
  await runIn(`INSERT INTO ${table}_data (pid) VALUES (${placeholder})`, [String(process.pid)])
  await store.completeIn(runIn, claim)
  killAt('before-commit')
}

const server = createServer(
  webhookHandler({
    secret,
    idempotency: { store, namespace: 'shop', leaseMs: Number(leaseMs) },
    onOutcome: (outcome) => process.send?.({ code: outcome.code, error: outcome.error?.message }),
    async onEvent(_event, { claim }) {
      process.send?.({ started: true })
      // Long enough for the test to stop this process.
      if (event === 'wait') await sleep(2000)
      await transact((runIn) => (isSynchronous ? writeSynchronously : write)(runIn, claim))
      killAt('after-commit')
    },
  }),
)
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
