// Runs all benchmarks except the soak, one after the other, with the given flags: npm run bench.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

for (const name of ['signature', 'adapters', 'startup', 'memory', 'stores']) {
  const args = [join(import.meta.dirname, `${name}.mjs`), ...process.argv.slice(2)]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
