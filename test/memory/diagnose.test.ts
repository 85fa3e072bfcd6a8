// Measures the time and the peak memory of `diagnose` in a separate process, for bodies built to be expensive.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { expectWithin } from '../support/budgets.js'
import { hostileBodies } from '../support/hostile-bodies.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import type { DiagnoseReport } from './diagnose-bodies.js'

const folder = temporaryFolder()
let report: DiagnoseReport

beforeAll(async () => {
  const outfile = join(folder, 'diagnose-bodies.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'diagnose-bodies.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'gallabox-webhooks': join(import.meta.dirname, '../../src/index.ts') },
  })
  report = JSON.parse(execFileSync(process.execPath, ['--expose-gc', outfile], { encoding: 'utf8' }))
})

test('any body of 64 kB costs at most 100 ms', ({ task }) => {
  expect(report.times.map(({ title }) => title)).toEqual(hostileBodies.map(({ title }) => title))
  const slowest = report.times.reduce((a, b) => (a.ms > b.ms ? a : b))
  const subject = `diagnose, slowest for ${slowest.title}`
  expectWithin(task, { subject, measured: slowest.ms, limit: 100, unit: 'ms' })
})

test('any body of 64 kB costs at most 64 MB', ({ task }) => {
  const subject = 'memory of diagnose for 64 kB'
  expectWithin(task, { subject, measured: report.grownBytes / 1e6, limit: 64, unit: 'MB' })
})
