import { isPromiseLike, notify } from '../platform/promises.js'
import { typeName } from '../platform/type-name.js'
import type { SqlDialect, SqlOperation } from './sql-dialect.js'
import type { Claim, DeliveryClaim, DeliveryStore } from './store.js'
import { storedKey } from './stored-key.js'

/**
 * Runs a statement with your client, and returns its rows as an array of objects, or a promise of it.
 *
 * The result is read only for statements that return rows. Placeholders are `$1`, `$2` and so on for PostgreSQL, and `?`
 * for the others. All values are strings.
 */
export type SqlRun<Result = unknown> = (sql: string, values: string[]) => Result

/** A store whose claims can be completed in a transaction of the caller: synchronously, if `run` is synchronous. */
interface SqlDeliveryStore extends DeliveryStore {
  completeIn(run: SqlRun, claim: DeliveryClaim | null | undefined): void | Promise<void>
}

interface Row {
  readonly token: string
  readonly remain?: unknown
  readonly expired?: unknown
}

interface Parameters {
  readonly key?: string
  readonly token?: string
  readonly next?: string
  readonly completed?: string
  readonly ms?: number
}

/** A statement with placeholders, and the parameters in their order. */
interface PreparedStatement {
  readonly sql: string
  readonly names: readonly (keyof Parameters)[]
}

/**
 * Creates a store in a table.
 *
 * @param subject - What returns the rows, for errors: `sqlStore: run`.
 * @param fix - A sentence that says how to return rows.
 */
export function createSqlStore(
  subject: string,
  fix: string,
  run: SqlRun,
  dialect: SqlDialect,
  table: string,
): SqlDeliveryStore {
  const statements = dialect.createStatements(table)
  const prepared = new Map<string, PreparedStatement>()

  /** Checks that rows are what the store needs: an array of objects. Most clients return them inside of something. */
  function checkRows(rows: unknown): readonly Row[] {
    if (!Array.isArray(rows))
      throw new TypeError(`${subject} must return an array of rows, got ${typeName(rows)}. ${fix}`)
    for (const row of rows) {
      if (typeName(row) !== 'object') {
        throw new TypeError(`${subject} must return rows that are objects, got ${typeName(row)}. ${fix}`)
      }
      if (typeof row.token !== 'string') {
        throw new TypeError(`${subject} must return the column token as a string, got ${typeName(row.token)}. ${fix}`)
      }
    }
    return rows
  }

  function runStatement(runWith: SqlRun, template: string, parameters: Parameters): unknown {
    const { sql, names } = prepare(template)
    return runWith(
      sql,
      names.map((name) => String(parameters[name])),
    )
  }

  /** Replaces the parameters of a statement by placeholders. */
  function prepare(template: string): PreparedStatement {
    const known = prepared.get(template)
    if (known) return known
    const names: (keyof Parameters)[] = []
    const sql = template.replace(/\{(\w+)\}/g, (_, name: keyof Parameters) => dialect.placeholder(names.push(name)))
    const statement = { sql, names }
    prepared.set(template, statement)
    return statement
  }

  async function retry(template: string, parameters: Parameters, attempt = 1): Promise<unknown> {
    try {
      return await runStatement(run, template, parameters)
    } catch (error) {
      if (attempt === dialect.maxAttempts || !describeError(error).some((text) => dialect.conflict.test(text)))
        throw error
    }
    // Statements that conflicted must not meet again.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** attempt, dialect.maxDelayMs)))
    return retry(template, parameters, attempt + 1)
  }

  async function perform({ before = [], rows, after }: SqlOperation, parameters: Parameters): Promise<Row | undefined> {
    for (const template of before) await retry(template, parameters)
    const [row] = checkRows(await retry(rows, parameters))
    if (row && after) await retry(after, parameters)
    return row
  }

  async function write(key: string, token: string, next: string, completed: string, ms: number): Promise<boolean> {
    const row = await perform(statements.write, { key: await storedKey(key), token, next, completed, ms })
    return row?.token === next
  }

  return {
    async claim(key, { leaseMs }): Promise<Claim> {
      const token = globalThis.crypto.randomUUID()
      const row = await perform(statements.claim, { key: await storedKey(key), token, ms: leaseMs })
      if (Number(row?.expired) > 0 && statements.cleanUp) {
        const { cleanUp } = statements
        // Not awaited: a claim must not wait for a row that another connection has locked.
        notify(() => retry(cleanUp, {}))
      }
      if (row?.token === token) return { state: 'claimed', token }
      if (row?.token.startsWith('done:')) return { state: 'done' }
      return { state: 'in-progress', retryAfterMs: row ? Math.max(Number(row.remain), 1) : 1000 }
    },
    async extend(key, token, { leaseMs }) {
      if (await write(key, token, token, token, leaseMs)) return true
      // The handler may have completed its claim in a transaction, and not returned yet.
      const row = await perform(statements.read, { key: await storedKey(key) })
      return row?.token === completedToken(token)
    },
    // A token of its own, so that only one call succeeds.
    complete: (key, token, { ttlMs }) =>
      write(key, token, completedToken(globalThis.crypto.randomUUID()), completedToken(token), ttlMs),
    async release(key, token) {
      return (await perform(statements.release, { key: await storedKey(key), token })) !== undefined
    },
    completeIn(runIn, claim) {
      if (claim === null) return
      checkClaim(claim)
      const { token, ttlMs } = claim
      const completed = completedToken(token)
      const { before = [], rows } = statements.completeIn
      return chain(storedKey(claim.key), (key) => {
        // Not retried: a conflict ends the caller's transaction.
        const runOne = (template: string) => runStatement(runIn, template, { key, token, completed, ms: ttlMs })
        let step: unknown
        for (const template of [...before, rows]) step = chain(step, () => runOne(template))
        return chain(step, (result) => {
          if (checkRows(result)[0]?.token === completed) return
          throw new Error('completeIn: the claim was lost, or is in another table. Roll the transaction back.')
        })
      })
    },
  }
}

/** Calls a function with a value, or with what a promise resolves to. Returns no promise if neither is one. */
function chain<T, R>(value: T | PromiseLike<T>, next: (value: T) => R): R | Promise<Awaited<R>> {
  return isPromiseLike(value)
    ? (Promise.resolve(value as PromiseLike<T>).then(next) as Promise<Awaited<R>>)
    : next(value)
}

/** The token of a claim that was completed in a transaction. The receiver's `complete` succeeds for it once more. */
function completedToken(token: string): string {
  return `done:${token}`
}

function checkClaim(claim: DeliveryClaim | undefined): asserts claim is DeliveryClaim {
  if (typeof claim?.key === 'string' && typeof claim.token === 'string' && typeof claim.ttlMs === 'number') return
  const fix = 'Pass `context.claim` of the handler, and set `idempotency` to this store.'
  throw new TypeError(`completeIn.claim: must be the claim of a delivery, got ${typeName(claim)}. ${fix}`)
}

/** Lists the codes and messages of an error and its causes: query builders wrap the error of the driver. */
function describeError(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 3) return []
  const { code, errno, message, meta, cause } = error as Record<string, unknown> & { meta?: { code?: unknown } }
  return [code, errno, message, meta?.code].map(String).concat(describeError(cause, depth + 1))
}
