// Figures that tests measure, for the table that `npm run bars` prints.
// It must not know what they mean.
import type { RunnerTestCase } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    figure?: number
  }
}

/** Keeps a figure with the test that measured it. */
export function noteFigure(task: Readonly<RunnerTestCase>, figure: number): void {
  task.meta.figure = figure
}
