// Measures what the types cost a user's compiler. Counts are the same on every machine, times are not.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

const cwd = fileURLToPath(new URL('../..', import.meta.url))

beforeAll(() => {
  execFileSync('npm', ['run', 'build'], { cwd, stdio: 'ignore' })
})

test('a small receiver stays within the budget of types and instantiations', () => {
  const cost = JSON.parse(execFileSync('node', ['bench/types/measure.mjs'], { cwd, encoding: 'utf8' }))
  console.log(cost)
  expect(cost.types).toBeGreaterThan(100)
  expect(cost.types).toBeLessThan(1700)
  // Hovers on the keys of `on` need mapped types that keep doc comments. They cost about 300 instantiations.
  expect(cost.instantiations).toBeLessThan(1700)
})
