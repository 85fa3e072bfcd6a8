// Programs in processes of their own, which run from the built package and are killed after each test.
// It must not know what they do.
import { type ChildProcess, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll } from 'vitest'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the package before the tests of a file. Returns the list to put each child in. */
export function useChildren(): ChildProcess[] {
  const children: ChildProcess[] = []
  beforeAll(() => {
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' })
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  return children
}
