// Runs the store contract on a database that needs Node.js 22: contract.mjs node:sqlite | D1.
import { createTableSql, sqlStore } from 'gallabox-webhooks/sql'
import { storeContract } from 'gallabox-webhooks/testing'

const databases = {
  async 'node:sqlite'() {
    const { DatabaseSync } = await import('node:sqlite')
    const db = new DatabaseSync(':memory:')
    return {
      exec: (sql) => db.exec(sql),
      run: (sql, values) => db.prepare(sql).all(...values),
      close: () => db.close(),
    }
  },
  async D1() {
    const { Miniflare } = await import('miniflare')
    const miniflare = new Miniflare({ modules: true, script: 'export default {}', d1Databases: ['DB'] })
    const db = await miniflare.getD1Database('DB')
    const run = (sql, values) =>
      db
        .prepare(sql)
        .bind(...values)
        .all()
        .then(({ results }) => results)
    return { exec: (sql) => db.exec(sql), run, close: () => miniflare.dispose() }
  },
}

const { exec, run, close } = await databases[process.argv[2]]()
await exec(createTableSql('sqlite'))
const store = sqlStore(run, { dialect: 'sqlite' })
const failures = []
const cases = storeContract(() => store)
for (const { title, run: runCase } of cases) {
  await runCase().catch((error) => failures.push(`${title}: ${error.message}`))
}
await close()
if (failures.length > 0) throw new Error(failures.join('\n'))
console.log(`${cases.length} cases`)
