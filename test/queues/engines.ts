// The engines of examples/queues: how to count their failed jobs, and how to replay them with their own means.
import { Queue } from 'bullmq'
import PgBoss from 'pg-boss'
import { connectPostgres, databaseUrl, hasPostgres, hasRedis, redisUrl } from '../support/servers.js'

/** An engine, connected to the queue of a test. */
export interface Connection {
  countFailed(): Promise<number>
  /** Queues the failed jobs again. */
  replay(): Promise<unknown>
  /** Deletes the queue and disconnects. */
  clean(): Promise<unknown>
}

export interface Engine {
  /** The folder of the example. */
  readonly folder: string
  readonly isAvailable: boolean
  /** Whether the events of a conversation are handled in order. */
  readonly isOrdered: boolean
  /** Connects to the queue, whose name is also the schema of the tables. */
  connect(queue: string): Promise<Connection>
}

const bullmq: Engine = {
  folder: 'bullmq',
  isAvailable: hasRedis,
  isOrdered: false,
  async connect(name) {
    const queue = new Queue(name, { connection: { url: redisUrl } })
    return {
      countFailed: () => queue.getFailedCount(),
      replay: () => queue.retryJobs({ state: 'failed' }),
      async clean() {
        await queue.obliterate({ force: true })
        await queue.close()
      },
    }
  },
}

const pgBoss: Engine = {
  folder: 'pg-boss',
  isAvailable: true,
  isOrdered: false,
  async connect(schema) {
    const boss = new PgBoss({ connectionString: databaseUrl, schema, supervise: false, schedule: false })
    const pool = connectPostgres()
    const listFailed = async () => {
      const { rows } = await pool.query(`SELECT id FROM ${schema}.job WHERE name = 'gallabox' AND state = 'failed'`)
      return rows.map(({ id }) => id as string)
    }
    return {
      countFailed: async () => (await listFailed()).length,
      async replay() {
        await boss.start()
        await boss.retry('gallabox', await listFailed())
      },
      async clean() {
        await boss.stop({ graceful: false })
        await pool.end()
      },
    }
  },
}

export const engines: readonly Engine[] = [bullmq, pgBoss].map((engine) => ({
  ...engine,
  isAvailable: engine.isAvailable && hasPostgres,
}))
