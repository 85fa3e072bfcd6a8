// Opens each SQL client that the stores support, in tests and in their child processes.

/**
 * A client under test.
 *
 * @typedef {object} OpenClient
 * @property {(sql: string, values: string[]) => unknown} run What a user passes to `sqlStore`.
 * @property {(sql: string) => unknown} exec Runs statements without values.
 * @property {(work: (run: (sql: string, values: string[]) => unknown) => unknown) => Promise<unknown>} transact
 * Runs a transaction, with the client's own means. The work must be synchronous if `isSynchronous` is set.
 * @property {() => unknown} close
 * @property {any} client
 *
 * @typedef {object} SqlClient
 * @property {'postgres' | 'mysql' | 'sqlite'} dialect
 * @property {boolean} [isSynchronous]
 * @property {(location: string) => Promise<OpenClient>} open Connects to a URL, or opens a file.
 */

/** Begins and ends a transaction on a connection. */
async function bracket(run, exec, work) {
  await exec('BEGIN')
  try {
    await work(run)
    await exec('COMMIT')
  } catch (error) {
    await exec('ROLLBACK')
    throw error
  }
}

function openSynchronous(db) {
  const run = (sql, values) => db.prepare(sql).all(...values)
  const exec = (sql) => db.exec(sql)
  return {
    client: db,
    run,
    exec,
    async transact(work) {
      exec('BEGIN IMMEDIATE')
      try {
        work(run)
        exec('COMMIT')
      } catch (error) {
        exec('ROLLBACK')
        throw error
      }
    },
    close: () => db.close(),
  }
}

/** @returns {SqlClient} */
function knexClient(client, dialect, runOn) {
  return {
    dialect,
    async open(location) {
      const { default: knex } = await import('knex')
      const connection = dialect === 'sqlite' ? { filename: location } : location
      const db = knex({ client, connection, useNullAsDefault: true })
      return {
        client: db,
        run: runOn(db),
        async exec(sql) {
          for (const statement of sql.split(';').filter((text) => text.trim() !== '')) await db.raw(statement)
        },
        transact: (work) => db.transaction((inner) => work(runOn(inner))),
        close: () => db.destroy(),
      }
    },
  }
}

/** @type {Record<string, SqlClient>} */
export const sqlClients = {
  pg: {
    dialect: 'postgres',
    async open(url) {
      const { default: pg } = await import('pg')
      const pool = new pg.Pool({ connectionString: url })
      pool.on('error', () => {})
      const runOn = (client) => (sql, values) => client.query(sql, values).then(({ rows }) => rows)
      return {
        client: pool,
        run: runOn(pool),
        exec: (sql) => pool.query(sql),
        async transact(work) {
          const client = await pool.connect()
          try {
            await bracket(runOn(client), (sql) => client.query(sql), work)
          } finally {
            client.release()
          }
        },
        close: () => pool.end(),
      }
    },
  },
  postgres: {
    dialect: 'postgres',
    async open(url) {
      const { default: postgres } = await import('postgres')
      const sql = postgres(url, { onnotice() {} })
      return {
        client: sql,
        run: (text, values) => sql.unsafe(text, values),
        exec: (text) => sql.unsafe(text),
        transact: (work) => sql.begin((inner) => work((text, values) => inner.unsafe(text, values))),
        close: () => sql.end({ timeout: 1 }),
      }
    },
  },
  PGlite: {
    dialect: 'postgres',
    async open() {
      const { PGlite } = await import('@electric-sql/pglite')
      const db = new PGlite()
      const runOn = (client) => (sql, values) => client.query(sql, values).then(({ rows }) => rows)
      return {
        client: db,
        run: runOn(db),
        exec: (sql) => db.exec(sql),
        transact: (work) => db.transaction((inner) => work(runOn(inner))),
        close: () => db.close(),
      }
    },
  },
  mysql2: {
    dialect: 'mysql',
    async open(url) {
      const { createPool } = await import('mysql2/promise')
      const pool = createPool(url)
      const runOn = (client) => (sql, values) => client.execute(sql, values).then(([rows]) => rows)
      return {
        client: pool,
        run: runOn(pool),
        exec: (sql) => pool.query(sql),
        async transact(work) {
          const connection = await pool.getConnection()
          try {
            await bracket(runOn(connection), (sql) => connection.query(sql), work)
          } finally {
            connection.release()
          }
        },
        close: () => pool.end(),
      }
    },
  },
  mariadb: {
    dialect: 'mysql',
    async open(url) {
      const { createPool } = await import('mariadb')
      const pool = createPool(url.replace('mysql:', 'mariadb:'))
      return {
        client: pool,
        run: (sql, values) => pool.query(sql, values),
        exec: (sql) => pool.query(sql),
        async transact(work) {
          const connection = await pool.getConnection()
          try {
            await bracket(
              (sql, values) => connection.query(sql, values),
              (sql) => connection.query(sql),
              work,
            )
          } finally {
            await connection.release()
          }
        },
        close: () => pool.end(),
      }
    },
  },
  'better-sqlite3': {
    dialect: 'sqlite',
    isSynchronous: true,
    async open(file) {
      const { default: Database } = await import('better-sqlite3')
      return openSynchronous(new Database(file))
    },
  },
  'node:sqlite': {
    dialect: 'sqlite',
    isSynchronous: true,
    async open(file) {
      const { DatabaseSync } = await import('node:sqlite')
      return openSynchronous(new DatabaseSync(file))
    },
  },
  libSQL: {
    dialect: 'sqlite',
    async open(file) {
      const { createClient } = await import('@libsql/client')
      const client = createClient({ url: file === ':memory:' ? file : `file:${file}` })
      const runOn = (target) => (sql, args) => target.execute({ sql, args }).then(({ rows }) => rows)
      return {
        client,
        run: runOn(client),
        exec: (sql) => client.executeMultiple(sql),
        async transact(work) {
          const transaction = await client.transaction('write')
          try {
            await work(runOn(transaction))
            await transaction.commit()
          } finally {
            transaction.close()
          }
        },
        close: () => client.close(),
      }
    },
  },
  'Kysely on pg': {
    dialect: 'postgres',
    async open(url) {
      const [{ CompiledQuery, Kysely, PostgresDialect }, { default: pg }] = await Promise.all([
        import('kysely'),
        import('pg'),
      ])
      const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) })
      const runOn = (target) => (sql, values) =>
        target.executeQuery(CompiledQuery.raw(sql, values)).then(({ rows }) => rows)
      return {
        client: db,
        run: runOn(db),
        // Statements without values can be several.
        exec: (sql) => db.executeQuery(CompiledQuery.raw(sql)),
        transact: (work) => db.transaction().execute((inner) => work(runOn(inner))),
        close: () => db.destroy(),
      }
    },
  },
  'Knex on pg': knexClient(
    'pg',
    'postgres',
    (target) => (sql, values) => target.raw(sql.replace(/\$\d+/g, '?'), values).then(({ rows }) => rows),
  ),
  'Knex on mysql2': knexClient(
    'mysql2',
    'mysql',
    (target) => (sql, values) => target.raw(sql, values).then(([rows]) => rows),
  ),
  'Knex on better-sqlite3': knexClient(
    'better-sqlite3',
    'sqlite',
    (target) => (sql, values) => target.raw(sql, values),
  ),
}
