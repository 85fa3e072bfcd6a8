// What a stranger can make the receiver hold: the check of the tests, run again for its figures.
// It must not measure anything itself.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { report } from './support/report.mjs'

const root = join(import.meta.dirname, '..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const args = [vitest, 'run', '--project', 'check', 'test/memory']
const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

const attacks = [
  { what: '64 MiB without a signature', limit: 'less than 8 MB', found: /64 MiB without.*?by (-?[\d.]+ MB)/ },
  { what: '64 MiB with a bad signature', limit: 'less than 8 MB', found: /64 MiB with a.*?by (-?[\d.]+ MB)/ },
  {
    what: '1 MiB in one-byte chunks, eight times at once, a connection',
    limit: 'less than 16 MB',
    found: /one-byte chunks: (-?[\d.]+ MB)/,
  },
]
const results = attacks.map(({ what, limit, found }) => ({
  what,
  limit,
  found: found.exec(stdout)?.[1] ?? 'no figure',
}))
const met = status === 0 && results.every(({ found }) => found !== 'no figure')
if (!met) console.error(stdout, stderr)
report({
  title: 'Memory',
  table: [
    ['a stranger sends', 'resident set grows by', 'bar'],
    ...results.map(({ what, found, limit }) => [what, found, limit]),
  ],
  bars: [{ bar: 'the check in test/memory', found: met ? 'it passes' : 'it fails', met }],
})
