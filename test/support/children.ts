import { type ChildProcess, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll } from 'vitest'

/** The root folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the package before the tests of a file, and returns a list. Child processes in it are killed after each test. */
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
