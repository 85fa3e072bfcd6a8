// What the types cost a user's compiler is kept from growing. Counts, not times: they are the same on every machine.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

const cwd = fileURLToPath(new URL('../..', import.meta.url))

beforeAll(() => {
  execFileSync('npm', ['run', 'build'], { cwd, stdio: 'ignore' })
})

test('a small receiver costs hardly more than bench/README.md says', () => {
  const cost = JSON.parse(execFileSync('node', ['bench/types/measure.mjs'], { cwd, encoding: 'utf8' }))
  console.log(cost)
  expect(cost.types).toBeGreaterThan(100)
  expect(cost.types).toBeLessThan(1500)
  expect(cost.instantiations).toBeLessThan(1400)
})
