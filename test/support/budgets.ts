import { expect, type RunnerTestCase } from 'vitest'

export interface Budget {
  /** What is measured. */
  readonly subject: string
  readonly measured: number
  readonly limit: number
  readonly unit: string
}

declare module 'vitest' {
  interface TaskMeta {
    budget?: Budget
  }
}

/** Asserts that a measurement is within its limit. budget-table.ts prints both at the end of the run. */
export function expectWithin(task: Readonly<RunnerTestCase>, budget: Budget): void {
  task.meta.budget = budget
  expect(budget.measured, `${budget.subject}, in ${budget.unit}`).toBeLessThanOrEqual(budget.limit)
}
