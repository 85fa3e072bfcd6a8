import type { Reporter, TestModule } from 'vitest/node'

/** A reporter that prints the budgets which the tests measured, at the end of a run. */
export default class BudgetTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const budgets = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().budget ?? []),
    )
    if (budgets.length === 0) return
    console.log('\nBudgets')
    console.table(
      Object.fromEntries(
        budgets.map(({ subject, measured, ...rest }) => [subject, { measured: round(measured), ...rest }]),
      ),
    )
  }
}

function round(value: number): number {
  return Number(value.toFixed(1))
}
