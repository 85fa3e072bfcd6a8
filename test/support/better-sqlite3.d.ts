declare module 'better-sqlite3' {
  interface Statement {
    run(...values: unknown[]): { changes: number }
    all(...values: unknown[]): unknown[]
    pluck(): Statement
  }

  /** A database in a file. */
  export default class Database {
    constructor(file: string)
    exec(sql: string): unknown
    pragma(sql: string): unknown
    prepare(sql: string): Statement
    transaction<Arguments extends unknown[]>(work: (...values: Arguments) => void): (...values: Arguments) => void
    close(): void
  }
}
