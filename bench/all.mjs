// All benchmarks, one after the other, with the flags that were given: npm run bench. The soak is run by itself.
// It must not know what they measure.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

for (const name of ['signature', 'adapters', 'startup', 'memory']) {
  const args = [join(import.meta.dirname, `${name}.mjs`), ...process.argv.slice(2)]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
