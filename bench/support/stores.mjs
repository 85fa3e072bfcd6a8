// Opens every store that can run here, each with its client.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlClients } from '../../test/support/sql-clients.mjs'
import { importTypeScript } from './import-typescript.mjs'
import { createTableSql, dynamoStore, redisStore, sqlStore } from './library.mjs'

const servers = await importTypeScript('servers')
const { connectUpstash, UpstashBridge } = await importTypeScript('upstash-bridge')
const { connectDynamo, DynamoServer, dynamoTable } = await importTypeScript('dynamodb-server')

/**
 * A client, the methods that the store calls, and how to create the store on it.
 *
 * @typedef {object} OpenStore
 * @property {object} client
 * @property {string[]} methods
 * @property {(client: object) => import('../../dist/index.js').DeliveryStore} createStore
 * @property {() => unknown} close
 */

// A store on a server is left out if the server does not respond.
const isAvailable = { Redis: servers.hasRedis, PostgreSQL: servers.hasPostgres, MariaDB: servers.hasMysql }

/** @type {Record<string, () => Promise<OpenStore>>} */
const allStores = {
  'Redis through redis': () => openRedis(servers.connectNodeRedis(), ['eval'], (client) => client.destroy()),
  'Redis through ioredis': () => openRedis(servers.connectIoRedis(), ['call'], (client) => client.disconnect()),
  'Redis through iovalkey': () => openRedis(servers.connectIoValkey(), ['call'], (client) => client.disconnect()),
  'Redis through @upstash/redis': openUpstash,
  'PostgreSQL through pg': () => openSql('pg', servers.databaseUrl),
  'PostgreSQL through postgres': () => openSql('postgres', servers.databaseUrl),
  PGlite: () => openSql('PGlite'),
  'MariaDB through mysql2': () => openSql('mysql2', servers.mysqlUrl),
  'MariaDB through mariadb': () => openSql('mariadb', servers.mysqlUrl),
  'SQLite through better-sqlite3': () => openSql('better-sqlite3'),
  'SQLite through libSQL': () => openSql('libSQL'),
  'DynamoDB (dynalite)': openDynamo,
}

export const stores = Object.fromEntries(
  Object.entries(allStores).filter(([name]) => isAvailable[name.split(' ')[0]] ?? true),
)

async function openRedis(connecting, methods, disconnect) {
  const client = await connecting
  return { client, methods, createStore: (recorded) => redisStore(recorded), close: () => disconnect(client) }
}

async function openUpstash() {
  const bridge = new UpstashBridge()
  return openRedis(connectUpstash(await bridge.start()), ['eval'], () => bridge.stop())
}

/** Opens a client with a table of its own: on a server, or in a temporary file. */
async function openSql(name, url) {
  const folder = await mkdtemp(join(tmpdir(), 'gallabox-webhooks-'))
  const { dialect, open } = sqlClients[name]
  const { run, exec, close } = await open(url ?? join(folder, 'deliveries.db'))
  const table = `bench_${randomUUID().replaceAll('-', '')}`
  await exec(createTableSql(dialect, table))
  return {
    client: { run },
    methods: ['run'],
    createStore: (client) => sqlStore((sql, values) => client.run(sql, values), { dialect, table }),
    async close() {
      if (url) await exec(`DROP TABLE ${table}`)
      await close()
      await rm(folder, { recursive: true })
    },
  }
}

async function openDynamo() {
  const server = new DynamoServer()
  const client = connectDynamo(await server.start())
  return {
    client,
    methods: ['putItem', 'getItem', 'deleteItem'],
    createStore: (recorded) => dynamoStore(recorded, { table: dynamoTable }),
    close() {
      client.destroy()
      server.stop()
    },
  }
}
