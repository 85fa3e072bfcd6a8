// Runs Stryker, prints the score and every survivor, and fails below 90 %, or where survivors and explanations differ.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { explained } from './explained.mjs'

const root = resolve(import.meta.dirname, '../..')

/** The first line of what was mutated, as it stands in the source. */
function codeOf({ location: { start, end } }, source) {
  const line = source.split('\n')[start.line - 1]
  return line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined).trim()
}

const { status } = spawnSync('npx', ['stryker', 'run', 'tools/mutants/stryker.config.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

const { files } = JSON.parse(readFileSync(resolve(root, 'node_modules/.cache/mutants.json'), 'utf8'))
const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) =>
  mutants.map((mutant) => ({ file, ...mutant, code: codeOf(mutant, source) })),
)
const counted = mutants.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
const killed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout')
const survivors = counted.filter((mutant) => !killed.includes(mutant))

let unexplained = 0
for (const { file, location, code, replacement } of survivors) {
  const known = explained.find((row) => row.file === file && row.code === code && row.to === replacement)
  if (!known) unexplained++
  console.log(`${file}:${location.start.line}  ${code} -> ${replacement}\n    ${known?.why ?? 'NOT EXPLAINED'}`)
}
// An explanation of nothing would one day excuse another mutant.
const stale = explained.filter(
  ({ file, code, to }) => !survivors.some((one) => one.file === file && one.code === code && one.replacement === to),
)
for (const { file, code, to } of stale) console.log(`${file}  ${code} -> ${to}\n    EXPLAINED, BUT DOES NOT LIVE`)
const score = (100 * killed.length) / counted.length
console.log(`${counted.length} mutants, ${killed.length} killed: ${score.toFixed(1)} %, ${unexplained} not explained`)
if (score < 90 || unexplained > 0 || stale.length > 0) process.exitCode = 1

// For the table that `npm run bars` prints.
const result = { date: new Date().toISOString().slice(0, 10), mutants: counted.length, score, unexplained }
writeFileSync(resolve(import.meta.dirname, 'score.json'), `${JSON.stringify(result, null, 2)}\n`)
