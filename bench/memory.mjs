// Runs the tests in test/memory again and reports what they measured.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { report } from './support/report.mjs'

const root = join(import.meta.dirname, '..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const args = [vitest, 'run', '--project', 'check', '--reporter', 'json', 'test/memory']
const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

if (status !== 0) console.error(stdout, stderr)
const { testResults } = JSON.parse(stdout)
const measured = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ meta }) => meta.budget))
report({
  title: 'Memory',
  table: [
    ['what an attacker sends', 'resident set grows by', 'budget'],
    ...measured.map(({ subject, measured, limit }) => [
      subject.replace('memory for ', ''),
      `${measured.toFixed(1)} MB`,
      `${limit} MB`,
    ]),
  ],
  budgets: [{ budget: 'the tests in test/memory', found: status === 0 ? 'pass' : 'fail', met: status === 0 }],
})
